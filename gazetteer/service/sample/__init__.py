"""Made-up details (示例数据) of the sample district's meal points and cemeteries; seeded, a second time changes nothing."""

from gazetteer.service.sample.load import load_details

__all__ = ["load_details"]
