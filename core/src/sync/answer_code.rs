//! The codes a server answers a phone with, and the phone's sentence for each: what happened, and what to do next.
//!
//! A problem document carries the server's own sentence; the phone's stands in where that is empty. An outcome carries its code only.

use crate::admit::Refusal;

/// Why a record or a carried batch went to quarantine or was put off, besides the names of [`Refusal`].
pub const OUTCOMES: &[(&str, &str)] = &[
    ("signature", "设备签名未通过核验，请核对本机是否已登记并经办公室确认，再用“重新记录”提交。"),
    ("actors", "本项目的设备数已达上限，本条已暂存；请联系专班办公室处理，不要更换设备反复提交。"),
    ("device_unknown", "服务器没有填写这条记录的设备的登记，本条已暂存；请由填写人联系专班办公室重新登记。"),
    (
        "device_unconfirmed",
        "填写这条记录的设备还未经专班办公室确认，本条已暂存；请由填写人把六位确认号告诉办公室，确认后重新提交。",
    ),
    ("device_revoked", "填写这条记录的设备已停用，本条已暂存；请联系专班办公室核实，由办公室采纳或由有权人员重新记录。"),
    ("never_member", "填写人从未列入本项目代办团队，本条已暂存；请联系专班办公室，列入团队后可原样收入。"),
    ("quota", "今日提交量已达上限，记录仍安全保存在本机；请稍后再同步，其他项目照常提交。"),
    ("deferred", "服务器暂缓接收本条，记录仍安全保存在本机，稍后同步时会自动再提交。"),
];

/// What the server says instead of an answer.
pub const PROBLEMS: &[(&str, &str)] = &[
    ("bad_id", "编号无法读取，请核对后重试。"),
    ("busy", "服务器正忙，记录仍安全保存在本机，请稍后再同步。"),
    ("code_expired", "设备登记码已过期；请向专班办公室索取新的设备登记码。"),
    ("code_invalid", "设备登记码不正确；请核对后重新输入，或向专班办公室索取新的设备登记码。"),
    ("code_used", "设备登记码已被使用；请向专班办公室索取新的设备登记码。"),
    ("code_worn", "用这个设备登记码登记的次数过多；请向专班办公室索取新的设备登记码。"),
    ("contended", "本次提交与其他操作冲突，没有保存；记录仍在本机，请稍后再同步。"),
    ("counter_replayed", "本机的请求编号已用过（可能恢复过备份），将自动改号；请重新同步，仍失败请联系专班办公室。"),
    ("counter_reused", "本机的请求编号已用于另一次请求（可能恢复过备份），将自动改号；请重新同步，仍失败请联系专班办公室。"),
    ("counter_too_far", "本机的请求编号超前太多，将自动改号；请重新同步，仍失败请联系专班办公室。"),
    ("day_bytes", "今日提交的数据量已达上限，记录仍安全保存在本机；请明日再同步，届时自动继续提交。"),
    ("database_unavailable", "服务器暂时无法使用数据库，记录仍安全保存在本机，请稍后再同步。"),
    ("device_known", "这台设备的密钥已经登记过，请联系专班办公室核对，或在新设备上重新登记。"),
    ("device_revoked", "该设备已停用，未上传的记录仍保存在本机；请联系专班办公室。"),
    ("device_unconfirmed", "本机还未经专班办公室确认；请把屏幕上的六位确认号告诉办公室，确认后再同步。"),
    ("device_unknown", "服务器没有这台设备的登记；请保留本机记录，联系专班办公室重新登记。"),
    ("digest_mismatch", "提交的内容在途中被改动，记录仍安全保存在本机；请换一个网络后重新同步。"),
    ("disk_full", "服务器存储空间不足，记录仍安全保存在本机；请稍后再同步，并通知管理员。"),
    ("disk_reserve", "服务器存储空间即将用尽，记录仍安全保存在本机；请稍后再同步，并通知管理员。"),
    ("enrolment_interrupted", "登记中途被打断，没有完成；请从输入设备登记码开始重新登记。"),
    ("field_too_long", "提交的数据中有一项过长，服务器没有接收；记录仍安全保存在本机，请更新应用后再同步。"),
    ("internal", "服务器出错，记录仍安全保存在本机；请稍后再同步，仍失败请联系管理员。"),
    ("length_required", "请求没有写明长度，可能被网络设备改动；记录仍安全保存在本机，请换一个网络后重新同步。"),
    ("line_too_slow", "网络太慢，数据中断过久；记录仍安全保存在本机，请换一个网络或稍后再同步。"),
    ("method_not_allowed", "这个地址不支持该操作；请核对服务器地址，仍失败请更新应用。"),
    ("not_found", "服务器没有这个地址；请核对服务器地址，仍失败请更新应用。"),
    ("one_at_a_time", "本机的上一次同步还没有结束，记录仍安全保存在本机；请稍后再同步。"),
    ("outcome_unknown", "无法确认是否已保存；记录仍在本机，重新同步会自动核对，不会重复登记。"),
    ("overtaken", "服务器正在切换，记录仍安全保存在本机，请稍后再同步。"),
    ("person_left", "该人员已退出专班，不能登记设备；请联系专班办公室。"),
    ("server_clock", "服务器时间有误，暂停收发，记录仍安全保存在本机；请稍后再同步，并告知专班办公室校准服务器时间。"),
    ("signature_invalid", "设备签名不正确，记录仍安全保存在本机；请更新应用后重新同步，仍失败请联系专班办公室。"),
    ("signature_missing", "请求缺少设备签名，可能被网络设备改动；请换一个网络或更新应用后重新同步。"),
    ("text_unusable", "内容含有服务器不能保存的字符，请删去后重新提交。"),
    ("too_costly", "一次提交的内容过于复杂，服务器没有接收；记录仍安全保存在本机，请更新应用后分批提交。"),
    ("too_dense", "提交的数据压缩比异常，服务器没有接收；记录仍安全保存在本机，请更新应用后重新同步。"),
    ("too_large", "一次提交的内容过多，记录仍安全保存在本机；请更新应用后分批提交。"),
    ("too_many_connections", "同一网络中同时连接过多，记录仍安全保存在本机；请稍后再同步。"),
    ("too_many_devices", "登记的设备数已达上限；请联系专班办公室停用不再使用的设备后再登记。"),
    ("too_many_requests", "登记尝试过于频繁，请稍后再试。"),
    ("too_slow", "网络太慢，没有传完；记录仍安全保存在本机，请换一个网络或稍后再同步。"),
    ("unreadable", "数据传输中损坏，记录仍安全保存在本机；请重新同步，仍失败请更新应用。"),
    ("unsupported_version", "应用版本与服务器不一致，记录仍安全保存在本机；请更新应用后再同步。"),
    ("wrong_media_type", "服务器不认识这种请求；请更新应用后重试。"),
];

/// Why a record was refused or put off, for the person who made it.
pub fn outcome_zh(code: &str) -> String {
    let known = Refusal::from_code(code).map(|refusal| refusal.zh()).or_else(|| find(OUTCOMES, code));
    known.map_or_else(
        || format!("服务器未接收（{code}），记录仍保存在本机；请联系专班办公室并告知括号内的代码，需要时更新应用。"),
        str::to_owned,
    )
}

/// The phone's sentence for a problem's code, if it has one.
pub fn problem_zh(code: &str) -> Option<&'static str> {
    find(PROBLEMS, code)
}

fn find(table: &[(&'static str, &'static str)], code: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == code).map(|(_, zh)| *zh)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_has_a_sentence_of_its_own_that_says_what_to_do() {
        for table in [OUTCOMES, PROBLEMS] {
            let codes: BTreeSet<_> = table.iter().map(|(code, _)| code).collect();
            let sentences: BTreeSet<_> = table.iter().map(|(_, zh)| zh).collect();
            assert_eq!((codes.len(), sentences.len()), (table.len(), table.len()), "a code or a sentence stands twice");
            for (code, zh) in table {
                assert!(zh.contains('请') || zh.contains("自动"), "{code} tells nobody what to do");
            }
        }
        // An update of the app does not bring a device or a seat back.
        for code in ["device_revoked", "device_unknown", "device_unconfirmed", "actors", "never_member", "quota"] {
            assert!(!outcome_zh(code).contains("更新应用"), "{code}");
        }
        assert!(OUTCOMES.iter().all(|(code, _)| Refusal::from_code(code).is_none()));
        assert!(outcome_zh("of_a_later_server").contains("of_a_later_server"));
    }
}
