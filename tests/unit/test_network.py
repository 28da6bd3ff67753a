"""The walking network: nodes at ends and crossings, reach with parts of edges, honest about where there is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.network import Walk, arrive, bands, build, load, reach_of, save, snap, walk_times

# One degree of latitude is some 110.8 km here; 0.001 is 110.8 m.
LON, LAT, STEP = 121.0, 28.6, 0.001
WALK = Walk(island_nodes=1)


def line(*points: tuple[float, float]) -> shapely.LineString:
    """A line through points counted in steps from the corner."""
    return shapely.LineString([(LON + x * STEP, LAT + y * STEP) for x, y in points])


def at(*points: tuple[float, float]) -> np.ndarray:
    return np.array([[LON + x * STEP, LAT + y * STEP] for x, y in points])


def test_roads_that_cross_meet_there():
    network = build([line((0, 1), (2, 1)), line((1, 0), (1, 2))], walk=WALK)
    assert len(network.ends) == 4
    assert len(network.nodes) == 5


def test_a_road_that_just_misses_another_is_joined_to_it_and_one_far_off_is_not():
    near = build([line((0, 0), (4, 0)), line((2, 0.015), (2, 2))], walk=WALK)
    far = build([line((0, 0), (4, 0)), line((2, 0.2), (2, 2))], walk=WALK)
    assert len(np.unique(near.component)) == 1
    assert len(np.unique(far.component)) == 2


def test_time_counts_the_part_of_the_edge_and_goes_round_by_the_road():
    network = build([line((0, 0), (4, 0)), line((4, 0), (4, 4))], walk=WALK)
    times = walk_times(network, at((1, 0)), at((4, 1), (2, 0)))
    east, north = 97.8, 110.8
    assert times.seconds[0] == pytest.approx(3 * east + north, rel=0.01)
    assert times.seconds[1] == pytest.approx(east, rel=0.01)
    assert not times.straight.any()


def test_of_many_sources_the_nearest_counts_and_is_named():
    network = build([line((0, 0), (10, 0))], walk=WALK)
    times = walk_times(network, at((0, 0), (10, 0)), at((2, 0), (9, 0)))
    assert times.nearest.tolist() == [0, 1]


def test_nothing_is_reached_beyond_the_limit():
    network = build([line((0, 0), (20, 0))], walk=WALK)
    times = walk_times(network, at((0, 0)), at((5, 0), (15, 0)), limit_s=900)
    assert np.isfinite(times.seconds).tolist() == [True, False]
    assert times.nearest.tolist() == [0, -1]


def test_off_the_network_the_straight_line_times_the_detour_counts_and_says_so():
    network = build([line((0, 0), (1, 0))], walk=Walk(island_nodes=1, snap_m=50))
    times = walk_times(network, at((0, 0)), at((0, 5)))
    assert times.straight.tolist() == [True]
    assert times.seconds[0] == pytest.approx(5 * 110.8 * 1.3, rel=0.01)


def test_without_any_road_every_way_is_straight():
    times = walk_times(build([], walk=WALK), at((0, 0)), at((0, 1)))
    assert times.straight.all() and np.isfinite(times.seconds).all()


def test_uphill_takes_longer_than_downhill():
    network = build([line((0, 0), (0, 1))], walk=WALK, heights=lambda p: (p[:, 1] - LAT) / STEP * 12)
    up = walk_times(network, at((0, 1)), at((0, 0)), toward=True).seconds[0]
    down = walk_times(network, at((0, 0)), at((0, 1)), toward=True).seconds[0]
    assert up > down
    assert up == pytest.approx(walk_times(network, at((0, 0)), at((0, 1)), toward=False).seconds[0])


def test_crossing_a_busy_road_costs_its_waiting_once():
    lines, walk = [line((0, 1), (2, 1)), line((1, 0), (1, 2))], Walk(island_nodes=1, crossing_s=40)
    calm = walk_times(build(lines, walk=walk), at((1, 0)), at((1, 2))).seconds[0]
    busy = walk_times(build(lines, walk=walk, busy=[True, False]), at((1, 0)), at((1, 2))).seconds[0]
    assert busy - calm == pytest.approx(40, rel=1e-3)


def test_many_sources_at_once_give_the_least_of_each_alone():
    rng = np.random.default_rng(7)
    lines = [line((x, 0), (x, 9)) for x in range(10)] + [line((0, y), (9, y)) for y in range(10)]
    network = build(lines, walk=WALK)
    sources, targets = at(*rng.uniform(0, 9, (6, 2))), at(*rng.uniform(0, 9, (40, 2)))
    together = walk_times(network, sources, targets).seconds
    alone = np.array([walk_times(network, s[None], targets).seconds for s in sources]).min(axis=0)
    np.testing.assert_allclose(together, alone, rtol=1e-9)


def test_a_network_is_the_same_after_a_file_and_a_damaged_or_older_file_is_refused(tmp_path: Path):
    network = build([line((0, 1), (2, 1)), line((1, 0), (1, 2))], walk=WALK, digest="abc")
    path = tmp_path / "walking.npz"
    save(network, path)
    again = load(path, digest="abc")
    assert again is not None and again.walk == WALK
    np.testing.assert_array_equal(again.ends, network.ends)
    assert load(path, digest="other") is None
    path.write_bytes(path.read_bytes()[:200])
    assert load(path, digest="abc") is None
    assert load(tmp_path / "none.npz") is None


def test_bands_do_not_overlap_and_hold_what_is_reached():
    lines = [line((x, 0), (x, 9)) for x in range(10)] + [line((0, y), (9, y)) for y in range(10)]
    network = build(lines, walk=WALK)
    reach = reach_of(network, snap(network, at((4.5, 4))), limit_s=600)
    near, far = bands(network, reach, [300, 600])
    assert shapely.area(shapely.intersection(near, far)) < 1e-12
    reached = arrive(network, reach, snap(network, at((4.5, 5), (4.5, 8))))
    assert shapely.contains_xy(near, *at((4.5, 4))[0]) and np.isfinite(reached.seconds[0])
    assert not shapely.contains_xy(near, *at((9, 9))[0])
