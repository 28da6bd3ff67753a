"""Elements found by a parser named second in the texts on standard input (JSON); JSON to the file named first."""

import contextlib
import io
import json
import sys
import time
from pathlib import Path


def cpca():
    import cpca as library

    def parse(text):
        row = library.transform([text]).to_dict("records")[0]
        return {"province": row["省"], "city": row["市"], "county": row["区"]}

    return parse


def jionlp():
    import jionlp as library

    def parse(text):
        row = library.parse_location(text, town_village=True)
        return {level: row[level] for level in ("province", "city", "county", "town")}

    return parse


def geocodingchn():
    from GeocodingCHN import Geocoding

    library = Geocoding()

    def parse(text):
        found = library.normalizing(text)
        row = {
            "province": found.province,
            "city": found.city,
            "county": found.district,
            "town": found.street or found.town,
            "road": found.road,
            "number": found.roadNum,
            "inside": found.buildingNum,
        }
        return {field: str(value or "") for field, value in row.items()}

    return parse


def main():
    texts = json.load(sys.stdin)
    began = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        parse = {"cpca": cpca, "jionlp": jionlp, "GeocodingCHN": geocodingchn}[sys.argv[2]]()
        with contextlib.suppress(Exception):
            parse("浙江省台州市黄岩区")
        started = time.perf_counter() - began
        found, took, raised = [], 0.0, 0
        for text in texts:
            at = time.process_time()
            try:
                found.append(parse(text))
            except BaseException as error:  # what a Java library raises is no Exception
                if isinstance(error, KeyboardInterrupt):
                    raise
                found.append(None)
                raised += 1
            took += time.process_time() - at
    given = {"found": found, "seconds": took, "raised": raised, "started": started}
    Path(sys.argv[1]).write_text(json.dumps(given), encoding="utf-8")


main()
