"""Scenario 9: whatever people write arrives as they wrote it."""

from __future__ import annotations

import pytest
from conftest import Town
from daiban import EngineError, error_info, record_log
from phone import field

TEXTS = {
    "rare characters": "𠮷野家在䶮街，㐀㑇𪚥𬺰",
    "emoji with joiners": "👩‍👩‍👧‍👦 🏳️‍🌈 👷🏽‍♀️ 🇨🇳",
    "right to left": "مرحبا שלום abc 大连",
    "combining marks": "e\u0301 ≠ é; n\u0303; か\u3099 ≠ が; ก็",
    "line ends, tabs, quotes": "一\n二\n三\t“四”'五'\"六\"\\n</script>",
    "full-width and spaces": "　全角　ＡＢＣ１２３ , \u00a0末",
}

INVISIBLE = ["甲\u0000乙", "走访\u001b[31m", "倒\u202e序", "零\u200b宽", "\ufeff首", "右\u200f左", "非\uffff字符"]


@pytest.fixture(scope="module")
def longest() -> str:
    long = "普兰店区重大项目帮办代办𠮷" * 500
    return long[:5_000]


def test_chinese_text(town: Town, longest: str) -> None:
    author, reader = town.phone("zhang"), town.phone("zhou")
    case = town.case_of(author, reader)
    assert len(longest) == 5_000
    texts = [*TEXTS.values(), longest]
    written = {author.write(case, text).record_id: text for text in texts}
    author.sync()
    reader.sync()
    for record, text in written.items():
        # The form again has it as it was typed; the reader's screen shows the same words.
        for phone in (author, reader):
            _, kept = phone.kept(case, "work_log", record)
            assert kept["text"].encode() == text.encode()
        assert field(reader.seen(case, record), "text").text_zh.encode() == text.encode()
    author.assert_all_there()


def test_characters_nobody_sees_are_refused_and_pasted_lines_kept(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    for text in INVISIBLE:
        with pytest.raises(EngineError.Invalid) as refused:
            record_log(phone.engine, case, text)
        told = error_info(refused.value)
        assert (told.code, told.field) == ("field", "text") and "不可见的控制字符" in told.zh
    _, kept = phone.kept(case, "work_log", phone.write(case, "一\r\n二").record_id)
    assert kept["text"] == "一\n二"
    phone.assert_all_there()


def test_one_character_too_many(town: Town, longest: str) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    with pytest.raises(EngineError.Invalid) as refused:
        record_log(phone.engine, case, longest + "一")
    told = error_info(refused.value)
    assert (told.code, told.field) == ("field", "text") and "5000" in told.zh
    phone.assert_all_there()


def test_lone_surrogates_are_no_text(town: Town) -> None:
    phone = town.phone("zhang")
    case = town.case_of(phone)
    with pytest.raises(UnicodeEncodeError):
        record_log(phone.engine, case, "坏\ud800字")
    phone.assert_all_there()
