"""Where a request came from: only those who are trusted are believed."""

from ipaddress import ip_network

import pytest

from server.proxy import origin

INSIDE = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "header", "expected"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.1", "192.0.2.1"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("fd00::1", "2001:db8::1", "2001:db8::1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_last_that_nobody_vouches_for_is_the_client(
    peer: str, header: str, expected: str
) -> None:
    assert origin(peer, {"x-forwarded-for": header}, INSIDE) == expected


def test_by_default_nobody_is_believed() -> None:
    assert origin("10.0.0.1", {"x-forwarded-for": "198.51.100.1"}, ()) == "10.0.0.1"
