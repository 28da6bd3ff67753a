"""Batches of addresses over HTTP (批量匹配): taken in, done in the background chunk by chunk, given back as they came."""
