import DaibanCore
import DaibanKit

/// A kind of record, and what its form holds.
struct Entry {
    let kind: String
    let values: [String: FormValue]
    var recordId = ""

    init(_ kind: String, _ values: [String: FormValue]) { (self.kind, self.values) = (kind, values) }
}

/// A case that is eligible by a decision.
func opened() -> [String: FormValue] {
    [
        "title": "新能源电池项目", "enterprise": "大连某某公司", "location": "铁西街道",
        "decision": ["number": "普委〔2021〕1号", "date": "2021-03-01"], "benefit": "年产值五亿元", "needs": "用电扩容",
        "contact": "郑工 13700000000",
    ]
}

/// Each kind but the opening with its fields.
func everyKind(inquiry: String) -> [Entry] {
    let (me, other, chief) = (FormValue(Person.agent.id), FormValue(Person.otherAgent.id), FormValue(Person.chief.id))
    let (earlier, later, question) = (FormValue(day(-3)), FormValue(day(-2)), FormValue(inquiry))
    let items: FormValue = [["title": "营业执照", "copies": 2, "original": true]]
    let row: FormValue = [
        "unit": "natural-resources", "item": "用地预审", "planned_working_days": 5, "agent": me, "materials": ["申请书"], "fee_yuan": 100,
        "fee_basis": "某某条例第3条",
    ]
    return [
        Entry("authorization_letter_signed", [
            "project_name": "海湾冷链物流园", "enterprise": "大连某某有限公司", "scope": ["用地规划许可", "施工许可"],
            "chief_signed_on": earlier, "enterprise_signed_on": later, "chief": chief,
            "accompanied_by": me, "signatory": "王工 13800000000",
        ]),
        Entry("work_log", [
            "text": "现场踏勘，收集用地红线图", "channel": "on_site", "item": "建设工程规划许可证核发", "place": "铁西街道",
            "next_step": "约规划分局", "minutes": 90, "met": "李工 13900000000",
        ]),
        Entry("material_received", ["items": items, "handed_by": "赵工"]),
        Entry("material_returned", ["items": items, "taken_by": "钱工"]),
        Entry("result_delivered", ["results": ["建设用地规划许可证"], "delivery": ["by_hand": ["recipient": "孙工"]]]),
        Entry("result_delivered", ["results": ["施工许可证"], "delivery": mailed("邮政", addressee: "周工")]),
        Entry("agent_handover", ["to": other, "reason": "轮岗", "open_items": ["补正总平面图"], "from": me]),
        Entry("flow_table_submitted", ["group": "planning", "rows": [row]]),
        Entry("no_change", ["week": "2026-W47", "note": "等待补正"]),
        Entry("problem_raised", [
            "text": "用地指标不足", "group": "generation", "units_needed": ["drc"], "suggestion": "协调指标",
        ]),
        Entry("inquiry", ["text": "何时发证？", "channel": "wechat", "asked_by": "吴总"]),
        Entry("inquiry_answered", ["inquiry": question, "text": "预计下周", "channel": "telephone"]),
    ]
}

/// Each kind with one field wrong, by the field to blame.
func wrongFields(inquiry: String) -> [(String, Entry)] {
    let (today, question, other) = (FormValue(day()), FormValue(inquiry), FormValue(Person.otherAgent.id))
    let row: [String: FormValue] = ["unit": "drc", "item": "备案", "planned_working_days": 3]
    let dear = FormValue.fields(values: row.merging(["fee_yuan": 5]) { _, fee in fee })
    return [
        ("text", Entry("work_log", ["text": "  ", "channel": "window"])),
        ("minutes", Entry("work_log", ["text": "好", "minutes": -1])),
        ("channel", Entry("work_log", ["text": "好", "channel": "飞鸽"])),
        ("colour", Entry("work_log", ["text": "好", "colour": "red"])),
        ("scope", Entry("authorization_letter_signed", ["scope": [], "chief_signed_on": today, "enterprise_signed_on": today])),
        ("chief_signed_on", Entry("authorization_letter_signed", [
            "scope": "施工许可", "chief_signed_on": "2021-02-30", "enterprise_signed_on": today,
        ])),
        ("items", Entry("material_received", ["items": []])),
        ("items.0.copies", Entry("material_returned", ["items": [["title": "营业执照", "copies": 0, "original": false]]])),
        ("results", Entry("result_delivered", ["results": [], "delivery": ["by_hand": [:]]])),
        ("delivery.mail.carrier", Entry("result_delivered", ["results": ["证"], "delivery": mailed("")])),
        ("reason", Entry("agent_handover", ["to": other, "reason": ""])),
        ("rows", Entry("flow_table_submitted", ["group": "planning"])),
        ("group", Entry("flow_table_submitted", ["group": "generation", "rows": [.fields(values: row)]])),
        ("rows.0.fee_basis", Entry("flow_table_submitted", ["group": "planning", "rows": [dear]])),
        ("week", Entry("no_change", ["week": "2026-W60"])),
        ("text", Entry("problem_raised", ["text": "", "group": "planning"])),
        ("text", Entry("inquiry", ["text": "", "channel": "window"])),
        ("text", Entry("inquiry_answered", ["inquiry": question, "text": "", "channel": "window"])),
    ]
}

private func mailed(_ carrier: String, addressee: String? = nil) -> FormValue {
    var fields: [String: FormValue] = ["carrier": FormValue(carrier), "number": "EB123", "posted_on": FormValue(day(-1))]
    if let addressee { fields["addressee"] = FormValue(addressee) }
    return ["mail": .fields(values: fields)]
}

/// What a person would put into fields, whatever they are.
func typedByHand(_ fields: [FormField]) -> [String: FormValue] {
    Dictionary(uniqueKeysWithValues: fields.map { ($0.name, typedByHand($0.shape)) })
}

private func typedByHand(_ shape: FieldShape) -> FormValue {
    switch shape {
    case .text: return "现场踏勘"
    case .integer: return "3"
    case .money: return "1.2亿"
    case .date: return "2026年11月20日"
    case .week: return "2026-W47"
    case .flag: return true
    case .choice(let options): return FormValue(options[0].zh)
    case .person: return FormValue(Person.agent.id)
    case .unit: return "drc"
    case .record: return FormValue(String(repeating: "0", count: 32))
    case .sealed: return "王工 13800000000"
    case .several(let of, _): return .several(values: [typedByHand(of)])
    case .rows(let columns, _): return .several(values: [.fields(values: typedByHand(columns))])
    case .fields(let fields): return .fields(values: typedByHand(fields))
    case .oneOf(let variants): return .fields(values: [variants[0].name: .fields(values: typedByHand(variants[0].fields))])
    }
}
