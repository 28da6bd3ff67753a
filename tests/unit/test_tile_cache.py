"""What the cache of finished tiles gives, drops and refuses."""

from __future__ import annotations

from tiles.cache import TileCache

KEY = ("base", 14, 1, 2)


def test_a_tile_is_given_for_its_data_version_only():
    cache = TileCache()
    cache.put(7, KEY, b"tile")
    assert cache.get(7, KEY) == b"tile"
    assert cache.get(8, KEY) is None and cache.get(6, KEY) is None


def test_a_newer_version_drops_what_was_kept_and_an_older_one_is_not_kept():
    cache = TileCache()
    cache.put(7, KEY, b"old")
    cache.put(8, ("base", 14, 1, 3), b"new")
    cache.put(7, KEY, b"late")
    assert cache.get(7, KEY) is None and cache.get(8, ("base", 14, 1, 3)) == b"new"


def test_the_bytes_stay_under_the_limit_and_the_least_recently_used_goes_first():
    cache = TileCache(limit_bytes=4000)
    for n in range(3):
        cache.put(1, ("base", 14, n, 0), bytes(1000))
    cache.get(1, ("base", 14, 0, 0))
    cache.put(1, ("base", 14, 3, 0), bytes(1000))
    assert cache.size_bytes <= 4000
    assert cache.get(1, ("base", 14, 0, 0)) is not None and cache.get(1, ("base", 14, 1, 0)) is None


def test_an_empty_tile_is_known_to_be_empty_and_one_over_the_limit_is_not_kept():
    cache = TileCache(limit_bytes=1000)
    cache.put(1, KEY, b"")
    assert cache.get(1, KEY) == b""
    cache.put(1, ("base", 14, 9, 9), bytes(2000))
    assert cache.get(1, ("base", 14, 9, 9)) is None
