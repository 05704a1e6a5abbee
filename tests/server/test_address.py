"""Webhooks go to public networks only, whatever an address is called."""

import socket
from collections.abc import Sequence
from ipaddress import ip_address

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.address import Gate, Refused, is_public
from server.caller import Network
from server.settings import Settings, SettingsError, read

PUBLIC = ["93.184.216.34", "1.1.1.1", "2606:2800:220:1::1", "2a01:4f8::1", "64:ff9b::5db8:d822"]
CLOSED = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1"),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "233.252.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254"),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "100::1"),
    *("2001:db8::1", "2001::1", "2002:7f00:1::1", "2002:5db8:d822::1", "3fff::1", "5f00::1"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "64:ff9b::a9fe:a9fe", "4000::1"),
]


def standing_for(*addresses: str) -> Gate:
    """A gate to which every name stands for these addresses."""

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return Gate(resolver=resolver)


@pytest.mark.parametrize("address", PUBLIC)
async def test_a_public_address_may_be_called(address: str) -> None:
    await standing_for(address).check("https://partner.example/hook")


@pytest.mark.parametrize("address", CLOSED)
async def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(Refused, match=r"^This address is not on a public network\.$"):
        await standing_for(address).check("https://partner.example/hook")


@pytest.mark.parametrize("address", CLOSED)
async def test_one_that_is_not_public_among_others_is_enough(address: str) -> None:
    with pytest.raises(Refused):
        await standing_for("1.1.1.1", address).check("https://partner.example/hook")


@given(st.ip_addresses(v=4))
def test_another_name_for_an_address_changes_nothing(address: object) -> None:
    number = int(ip_address(str(address)))
    mapped = ip_address((0xFFFF << 32) | number)
    translated = ip_address((0x64FF9B << 96) | number)
    known = is_public(ip_address(number))
    assert (is_public(mapped), is_public(translated)) == (known, known)


@given(st.ip_addresses())
def test_nothing_is_public_that_python_calls_private(address: object) -> None:
    ip = ip_address(str(address))
    assert not (is_public(ip) and (ip.is_private or ip.is_loopback or ip.is_multicast))


@pytest.mark.parametrize(
    "url",
    [
        *("http://partner.example/", "ftp://partner.example/", "//partner.example/", "partner"),
        *("https://", "https:///path", "https://partner.example:22/", "https://partner.example:0/"),
        *("https://user@partner.example/", "https://user:word@partner.example/", "https://@p.be/"),
        *("https://partner.example\\@127.0.0.1/", "https://partner.example/ x", "https://[::1]/"),
        *("https://partner.example/#part", "https://partner.example:99999/", "https://p.bé/"),
        *("https://partner.example/\r\nHost: x", "javascript:alert(1)", "file:///etc/passwd", ""),
    ],
)
async def test_an_address_of_another_form_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        await standing_for("1.1.1.1").check(url)


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.0.0.1", "0"]
)
async def test_this_machine_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(Refused, match="public network"):
        await Gate().check(f"https://{host}/hook")


async def test_a_name_that_is_unknown_is_refused() -> None:
    async def resolver(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror

    with pytest.raises(Refused, match=r"^The name of this host is not known\.$"):
        await Gate(resolver=resolver).check("https://nowhere.invalid/")


async def test_only_a_private_gate_lets_this_machine_through_and_no_other_network() -> None:
    await Gate(private=True).check("http://127.0.0.1:9000/hook")

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return ["10.0.0.1"]

    with pytest.raises(Refused):
        await Gate(private=True, resolver=resolver).check("http://partner.example/")


async def test_a_name_that_changes_after_it_was_checked_is_refused_at_the_connection() -> None:
    answers = [["93.184.216.34"], ["127.0.0.1"]]

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return answers.pop(0)

    gate = Gate(resolver=resolver)
    await gate.check("https://partner.example/hook")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        with pytest.raises(Refused):
            await Network(gate).connect_tcp("partner.example", server.getsockname()[1])
        with pytest.raises(TimeoutError):
            server.accept()


async def test_the_connection_goes_to_the_address_that_was_checked_under_its_name() -> None:
    async def resolver(host: str, _port: int) -> Sequence[str]:
        return {"partner.example": ["127.0.0.1"]}[host]

    gate = Gate(private=True, resolver=resolver)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        stream = await Network(gate).connect_tcp("partner.example", port)
        server.settimeout(2)
        server.accept()[0].close()
        await stream.aclose()


async def test_it_goes_on_to_the_next_address_where_the_first_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        async def resolver(_host: str, _port: int) -> Sequence[str]:
            return ["127.0.0.2", "127.0.0.1"]

        stream = await Network(Gate(True, resolver)).connect_tcp("partner.example", port)
        await stream.aclose()
        with pytest.raises(httpcore.ConnectError):
            await Network(Gate(True, resolver)).connect_tcp("partner.example", 1)


def test_production_sends_nothing_to_its_own_machine(settings: Settings) -> None:
    given = {"database_url": "postgres://db/n", "redis_url": "redis://bell", "secret": "5e" * 32}
    with pytest.raises(SettingsError, match="WEBHOOK_PRIVATE"):
        read(environment="production", webhook_private=True, **given)
    assert settings.webhook_private is False
