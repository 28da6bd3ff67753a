"""Repair of a stock of bad addresses (存量不规范地址整改): a file in, decisions by officers, a repaired file out."""
