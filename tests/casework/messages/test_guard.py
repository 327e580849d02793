"""Nothing is sent to a place that is not of the public internet, however its address is spelt or resolved."""

from ipaddress import ip_address

import pytest

from triage.casework.messages.guard import Forbidden, Target, is_public, public_address, read_target

HOSTILE = (
    "http://hooks.example.org/", "HTTPS://hooks.example.org/", "ftp://hooks.example.org/", "file:///etc/passwd",
    "gopher://hooks.example.org/", "//hooks.example.org/", "hooks.example.org", "", "https://", "https:///path",
    "https:hooks.example.org", "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/",
    "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://017700000001/", "https://0/", "https://0.0.0.0/",
    "https://10.0.0.1/", "https://169.254.169.254/latest/meta-data/", "https://100.100.100.200/", "https://8.8.8.8/",
    "https://127.0.0.1.:443/", "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/", "https://[0:0:0:0:0:ffff:127.0.0.1]/", "https://[fe80::1%25eth0]/", "https://[fd00::1]/",
    "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[2606:4700::1111]/", "https://[v1.fe80::]/",
    "https://localhost/", "https://localhost:8443/", "https://LOCALHOST/", "https://localhost./", "https://desk/",
    "https://db.localhost/", "https://printer.local/", "https://metadata.google.internal/", "https://nas.lan/",
    "https://router.home.arpa/", "https://a.onion/", "https://hooks.example.org./", "https://.example.org/",
    "https://hooks..example.org/", "https://-hooks.example.org/", "https://hooks.example.org:22/",
    "https://hooks.example.org:5432/", "https://hooks.example.org:80/", "https://hooks.example.org:99999/",
    "https://hooks.example.org:-1/", "https://user@hooks.example.org/", "https://user:secret@hooks.example.org/",
    "https://@hooks.example.org/", "https://hooks.example.org@127.0.0.1/", "https://127.0.0.1#@hooks.example.org/",
    "https://hooks.example.org\\@127.0.0.1/", "https://hooks.example.org/#fragment",
    "https://hooks.example.org/\r\nHost: x",
    "https://hooks.example.org/a b", "https://hooks.example.org/\x00", "https://hooks.example.org\t/",
    "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "https://１２７.0.0.1/", "https://bücher.example.org/", "https://hooks。example.org/",
    "https://ho%6fks.example.org/", "https://127.0.0.1%2f.example.org/", "https://hooks_example.org/",
    "https://1.1.1.0x1/", "https://example.1/", f"https://{'a' * 64}.example.org/",
    f"https://hooks.example.org/{'a' * 500}",
)  # fmt: skip
PRIVATE = (
    "0.0.0.0",  # noqa: S104 - refused here
    "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.0.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1",
    "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "fc00::1", "fd00:ec2::254", "fe80::1",
    "fec0::1", "ff02::1", "192.88.99.1", "3fff::1", "3fff:fff::1",
)  # fmt: skip
PUBLIC = ("1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4007:80c::200e")
HOOKS = Target("hooks.example.org", 443, "/")


@pytest.mark.parametrize("url", HOSTILE)
def test_an_address_in_a_hostile_spelling_is_refused_before_any_name_is_asked_for(url: str) -> None:
    with pytest.raises(Forbidden) as refused:
        read_target(url)
    assert len(str(refused.value)) < 12, "a word of ours, nothing of the address"


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_to_a_place_of_ones_own_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    for found in ([address], ["1.1.1.1", address]):
        with pytest.raises(Forbidden, match="not-public"):
            public_address(HOOKS, lambda _host, _port, found=found: found)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_name_of_the_public_internet_is_let_through(address: str) -> None:
    assert public_address(HOOKS, lambda _host, _port: [address, "1.1.1.1"]) == address


def test_a_name_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(Forbidden, match="no-address"):
        public_address(HOOKS, lambda _host, _port: [])


def test_an_address_is_read_as_it_is_used() -> None:
    assert read_target("https://hooks.example.org/a/b?c=d") == Target("hooks.example.org", 443, "/a/b?c=d")
    assert read_target("https://Hooks.Example.org:8443") == Target("hooks.example.org", 8443, "/")


def test_this_machine_is_reached_in_a_demonstration_alone_and_by_its_name_alone() -> None:
    target = read_target("https://localhost:9999/", loopback=True)
    assert public_address(target, lambda _host, _port: ["127.0.0.1"], loopback=True) == "127.0.0.1"
    for address in ("10.0.0.1", "169.254.169.254"):
        with pytest.raises(Forbidden):
            public_address(target, lambda _host, _port, found=address: [found], loopback=True)
    with pytest.raises(Forbidden):
        read_target("https://127.0.0.1:9999/", loopback=True)
    with pytest.raises(Forbidden):
        public_address(HOOKS, lambda _host, _port: ["127.0.0.1"], loopback=True)
