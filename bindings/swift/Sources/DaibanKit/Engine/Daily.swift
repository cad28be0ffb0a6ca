import DaibanCore
import Foundation

/// One line of a material list.
public struct MaterialLine: Equatable, Sendable {
    /// 材料名称.
    public let title: String
    /// 份数.
    public let copies: Int
    /// 原件, or else a copy.
    public let original: Bool

    /// A line.
    public init(_ title: String, copies: Int = 1, original: Bool = false) {
        (self.title, self.copies, self.original) = (title, copies, original)
    }
}

/// How a result reached the enterprise.
public enum Delivery: Equatable, Sendable {
    /// 当面递交; who received it is sealed.
    case byHand(recipient: String? = nil)
    /// 邮寄送达: 承运单位, 邮件号, 交寄日期 (`2026-11-20`, or as people write it); 收件人 is sealed.
    case byMail(carrier: String, number: String, postedOn: String, addressee: String? = nil)
}

/// The four records that agents make all day, with their fields by name; every other kind goes through `record` alike. `recordId` is drawn
/// by the form, so that saving twice is one record; `occurredAt` is 发生, absent = now; `amends` is the own record that it corrects.
extension Engine {
    /// 代办工作日志. `channel` is a code or a word of the form (`window`, `窗口`), absent = 上门; `met` is sealed.
    @discardableResult
    public func recordLog(
        caseId: String, text: String, channel: String? = nil, item: String? = nil, place: String? = nil, nextStep: String? = nil,
        minutes: Int? = nil, met: String? = nil, recordId: String? = nil, occurredAt: Date? = nil, amends: String? = nil
    ) throws -> Saved {
        var values = given(["channel": channel, "item": item, "place": place, "next_step": nextStep, "met": met])
        values["text"] = FormValue(text)
        if let minutes { values["minutes"] = FormValue(minutes) }
        return try record(
            caseId: caseId, kind: "work_log", values: values, recordId: recordId, occurredAt: occurredAt, amends: amends)
    }

    /// 收到材料; who handed it over is sealed.
    @discardableResult
    public func recordReceipt(
        caseId: String, items: [MaterialLine], handedBy: String? = nil, recordId: String? = nil, occurredAt: Date? = nil,
        amends: String? = nil
    ) throws -> Saved {
        var values = given(["handed_by": handedBy])
        values["items"] = .several(values: items.map { line in
            ["title": FormValue(line.title), "copies": FormValue(line.copies), "original": FormValue(line.original)]
        })
        return try record(
            caseId: caseId, kind: "material_received", values: values, recordId: recordId, occurredAt: occurredAt, amends: amends)
    }

    /// 代办员交接, from `giver` (移交人, absent = this phone's person) to `receiver` (接收人), both by id.
    @discardableResult
    public func recordHandover(
        caseId: String, to receiver: String, reason: String, openItems: [String] = [], giver: String? = nil,
        recordId: String? = nil, occurredAt: Date? = nil, amends: String? = nil
    ) throws -> Saved {
        var values = given(["from": giver])
        values["to"] = FormValue(receiver)
        values["reason"] = FormValue(reason)
        values["open_items"] = FormValue(openItems)
        return try record(
            caseId: caseId, kind: "agent_handover", values: values, recordId: recordId, occurredAt: occurredAt, amends: amends)
    }

    /// 结果交付 of `results` (证照文件), by hand or by mail.
    @discardableResult
    public func recordDelivery(
        caseId: String, results: [String], by delivery: Delivery, recordId: String? = nil, occurredAt: Date? = nil,
        amends: String? = nil
    ) throws -> Saved {
        let way: FormValue
        switch delivery {
        case .byHand(let recipient):
            way = ["by_hand": .fields(values: given(["recipient": recipient]))]
        case .byMail(let carrier, let number, let postedOn, let addressee):
            let fields = given(["carrier": carrier, "number": number, "posted_on": postedOn, "addressee": addressee])
            way = ["mail": .fields(values: fields)]
        }
        let values = ["results": FormValue(results), "delivery": way]
        return try record(
            caseId: caseId, kind: "result_delivered", values: values, recordId: recordId, occurredAt: occurredAt, amends: amends)
    }
}

/// Texts that were given, as values.
private func given(_ texts: [String: String?]) -> [String: FormValue] {
    texts.compactMapValues { text in text.map { FormValue($0) } }
}
