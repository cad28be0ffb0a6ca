"""Bad input from the key store: locked, emptied, forgetful; and the file key store itself."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from conftest import Town
from daiban import EngineError, FileKeyStore, KeyStoreError, error_info
from hosts import Keys
from phone import Phone


def refused(phone: Phone) -> tuple[str, str]:
    before = phone.store.read_bytes() if phone.store.exists() else None
    with pytest.raises(EngineError.Keys) as caught:
        phone.open()
    assert (phone.store.read_bytes() if phone.store.exists() else None) == before
    return error_info(caught.value).code, error_info(caught.value).zh


def shut_phone(town: Town) -> tuple[Phone, Keys]:
    phone = town.phone("zhang")
    phone.write(town.case_of(phone))
    phone.engine.shut_down()
    assert isinstance(phone.keys, Keys)
    return phone, phone.keys


def assert_opens_and_syncs(phone: Phone) -> None:
    phone.engine = phone.open()
    phone.assert_all_there()
    assert phone.sync().sent == 1
    phone.assert_all_there()


def test_key_store_locked(town: Town) -> None:
    phone, keys = shut_phone(town)
    keys.trouble = KeyStoreError.Locked("after a restart, before the first unlock")
    code, zh = refused(phone)
    assert code == "key_store_locked" and "解锁" in zh
    keys.trouble = None
    assert_opens_and_syncs(phone)


def test_key_store_failed(town: Town) -> None:
    phone, keys = shut_phone(town)
    keys.trouble = KeyStoreError.Failed("no answer")
    assert refused(phone)[0] == "key_store_failed"
    keys.trouble = None
    assert_opens_and_syncs(phone)


@pytest.mark.parametrize("name", ["at_rest", "device"])
def test_keys_lost(town: Town, name: str) -> None:
    phone, keys = shut_phone(town)
    secret = keys.kept.pop(name)
    code, zh = refused(phone)
    assert code == "key_lost" and "不要卸载" in zh
    assert name not in keys.kept, "no new key over old records"
    keys.kept[name] = secret
    assert_opens_and_syncs(phone)


def test_a_wrong_key(town: Town) -> None:
    phone, keys = shut_phone(town)
    secret, keys.kept["at_rest"] = keys.kept["at_rest"], bytes(32)
    assert refused(phone)[0] == "store_wrong_key"
    keys.kept["at_rest"] = b"short"
    assert refused(phone)[0] == "key_lost"
    keys.kept["at_rest"] = secret
    assert_opens_and_syncs(phone)


def test_a_key_store_that_forgets(town: Town) -> None:
    class Forgetful(Keys):
        def save(self, name: str, secret: bytes) -> None:
            pass

    phone = town.new_phone()
    phone.engine.shut_down()
    phone.folder, phone.keys = phone.folder / "fresh", Forgetful()
    assert refused(phone)[0] == "key_store_forgets"
    assert not phone.store.exists()
    phone.keys = Keys()
    phone.engine = phone.open()


def test_file_key_store(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "keys"
    old = os.umask(0)
    try:
        store = FileKeyStore(folder)
        assert store.load("device") is None
        store.save("device", bytes(range(32)))
        store.save("device", bytes(32))
    finally:
        os.umask(old)
    assert FileKeyStore(str(folder)).load("device") == bytes(32)
    (kept,) = folder.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("", "../device", "a/b", "Device"):
        with pytest.raises(KeyStoreError.Failed):
            store.load(name)


def test_file_key_store_that_cannot_write(tmp_path: Path) -> None:
    in_the_way = tmp_path / "keys"
    in_the_way.write_text("a file, no folder")
    with pytest.raises(KeyStoreError.Failed):
        FileKeyStore(in_the_way).save("device", bytes(32))
    with pytest.raises(KeyStoreError.Failed):
        FileKeyStore(in_the_way).load("device")
