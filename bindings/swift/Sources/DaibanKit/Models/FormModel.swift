import DaibanCore
import Foundation

/// A form for something that is saved once. Walk `form.fields` to show it: no screen needs to know a kind. It holds the record's id from the beginning: saving twice, or again after the app was
/// killed, is one record.
///
/// Keep `recordId` where the form's texts are kept (`@SceneStorage`), and give it back after a restart.
public class FormModel: ObservedModel {
    /// What is asked: labels, hints, shapes.
    public let form: RecordForm
    /// What was typed, by field name.
    public var values: [String: FormValue] { willSet { willChange() } }
    /// What does not fit, as of the last `check` or refused `save`.
    public private(set) var problems: [FieldProblem] = []
    /// Of the record that will be saved.
    public let recordId: String
    /// 发生: when it happened; `nil` = when it is saved.
    public var occurredAt: Date? { willSet { willChange() } }
    /// What was saved; from then on the form is done.
    public private(set) var saved: Saved?
    /// A save is under way.
    public private(set) var saving = false

    init(_ phone: Phone, form: RecordForm, values: [String: FormValue]?, recordId: String, occurredAt: Date?) {
        (self.form, self.values) = (form, form.filled.merging(values ?? [:]) { _, typed in typed })
        (self.recordId, self.occurredAt) = (recordId, occurredAt)
        super.init(phone)
    }

    /// The field to mark, of several the first, by its name; the sentence is `failure.zh`.
    public var wrongField: String? {
        guard case .correct(let field) = failure?.next else { return nil }
        return field
    }

    /// What to show below a field: what is wrong with it or with something in it.
    public func problem(of field: String) -> String? {
        problems.first { $0.field == field || $0.field.hasPrefix(field + ".") }?.zh
    }

    /// Looks at what was typed so far; `problems` then tells everything that does not fit. Nothing is saved.
    @discardableResult
    public func check() async -> Bool {
        let (kind, typed, at, id) = (form.kind.code, values, occurredAt, caseOfValues)
        return await keeping({ try $0.check(caseId: id, kind: kind, values: typed, occurredAt: at) }, keep: { problems = $0 })
            && problems.isEmpty
    }

    /// The case whose words the engine may fill in.
    var caseOfValues: String? { nil }

    func save(by work: @escaping @Sendable (Engine) throws -> Saved) async -> Bool {
        guard !saving else { return false }
        change { saving = true }
        let well = await keeping(work, keep: { saved = $0 })
        change {
            saving = false
            problems = failure?.problems ?? []
        }
        return well
    }
}

/// A form for a record of a case.
public final class RecordFormModel: FormModel {
    /// The case it belongs to.
    public let caseId: String
    /// The own record it corrects.
    public let amends: String?

    private init(
        _ phone: Phone, caseId: String, form: RecordForm, values: [String: FormValue]?, recordId: String, amends: String?,
        occurredAt: Date?
    ) {
        (self.caseId, self.amends) = (caseId, amends)
        super.init(phone, form: form, values: values, recordId: recordId, occurredAt: occurredAt)
    }

    /// A form of a kind with what the phone knows filled in, or one that is restored with the values and the id it had.
    public static func new(
        _ phone: Phone, caseId: String, kind: String, values: [String: FormValue]? = nil, recordId: String? = nil
    ) async throws -> RecordFormModel {
        let (form, id) = try await phone.call {
            (try $0.form(caseId: caseId, kind: kind), try recordId ?? $0.newRecordId())
        }
        return RecordFormModel(
            phone, caseId: caseId, form: form, values: values, recordId: id, amends: nil, occurredAt: nil)
    }

    /// A form that corrects (更正) an own record: it begins with what that one says.
    public static func correcting(
        _ phone: Phone, caseId: String, record: RecordView, recordId: String? = nil
    ) async throws -> RecordFormModel {
        let (old, id) = try await phone.call {
            (
                try $0.form(caseId: caseId, kind: record.kind.code, recordId: record.recordId),
                try recordId ?? $0.newRecordId()
            )
        }
        return RecordFormModel(
            phone, caseId: caseId, form: old, values: nil, recordId: id, amends: record.recordId, occurredAt: record.occurredAt)
    }

    override var caseOfValues: String? { caseId }

    /// Saves. `true`: the record is durable on this phone (已存本机), and `saved` tells what the server would say. `false`: nothing was
    /// saved, `failure` says why, and `problems` what to correct.
    @discardableResult
    public func save() async -> Bool {
        let (id, kind, typed) = (caseId, form.kind.code, values)
        let (own, at, old) = (recordId, occurredAt, amends)
        return await save {
            try $0.record(caseId: id, kind: kind, values: typed, recordId: own, occurredAt: at, amends: old)
        }
    }
}

/// A form that opens a case (线索), with or without signal.
public final class CaseFormModel: FormModel {
    /// Of the case that will be opened; keep it as `recordId`.
    public let caseId: String

    private init(_ phone: Phone, form: RecordForm, values: [String: FormValue]?, caseId: String, recordId: String) {
        self.caseId = caseId
        super.init(phone, form: form, values: values, recordId: recordId, occurredAt: nil)
    }

    /// A form with what the phone knows filled in, or one that is restored with the values and the ids it had.
    public static func new(
        _ phone: Phone, values: [String: FormValue]? = nil, caseId: String? = nil, recordId: String? = nil
    ) async throws -> CaseFormModel {
        let (form, id, own) = try await phone.call {
            (
                try $0.form(caseId: nil, kind: "case_opened"),
                try caseId ?? $0.newCaseId(),
                try recordId ?? $0.newRecordId()
            )
        }
        return CaseFormModel(phone, form: form, values: values, caseId: id, recordId: own)
    }

    /// Saves; see `RecordFormModel.save`.
    @discardableResult
    public func save() async -> Bool {
        let (typed, id, own, at) = (values, caseId, recordId, occurredAt)
        return await save { try $0.openCase(values: typed, caseId: id, recordId: own, occurredAt: at) }
    }
}
