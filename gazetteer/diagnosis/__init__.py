"""Diagnosis of numbering (编号诊断): ten kinds of fault over the whole register, each with a proposed repair."""
