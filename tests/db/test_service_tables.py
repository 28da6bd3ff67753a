"""The tables of meal points and cemeteries keep what the trade needs kept."""

from sqlalchemy import text


def test_the_new_views_answer_in_an_empty_register(db):
    for view in ("meal_point", "cemetery", "cemetery_area"):
        assert db.scalar(text(f"SELECT count(*) FROM published.{view}")) == 0


def test_the_articles_of_1997_are_marked_void_from_the_30th_of_march_2026(db):
    rules = db.execute(
        text("SELECT code, valid_to FROM register.siting_rule WHERE source LIKE '殡葬管理条例（1997）%'")
    ).all()
    assert len(rules) == 5
    assert {r.valid_to.isoformat() for r in rules} == {"2026-03-30"}


def test_no_rule_whose_text_was_not_read_forbids_or_allows(db):
    assert db.scalars(
        text("SELECT DISTINCT outcome FROM register.siting_rule WHERE NOT text_read")
    ).all() == ["需人工核"]
