import DaibanCore
import Foundation

/// A form for something that is saved once. It holds the record's id from the beginning: saving twice, or again after the app was
/// killed, is one record.
///
/// Keep `recordId` where the form's texts are kept (`@SceneStorage`), and give it back after a restart.
public class FormModel: ObservedModel {
    /// Of the record that will be saved.
    public let recordId: String
    /// 发生: when it happened; `nil` = when it is saved.
    public var occurredAt: Date? { willSet { willChange() } }
    /// What was saved; from then on the form is done.
    public private(set) var saved: Saved?
    /// A save is under way.
    public private(set) var saving = false

    init(_ phone: Phone, recordId: String, occurredAt: Date?) {
        (self.recordId, self.occurredAt) = (recordId, occurredAt)
        super.init(phone)
    }

    /// The field to mark, by its name in the draft; the sentence is `failure.zh`.
    public var wrongField: String? {
        guard case .correct(let field) = failure?.next else { return nil }
        return field
    }

    func save(by work: @escaping @Sendable (Engine) throws -> Saved) async -> Bool {
        guard !saving else { return false }
        change { saving = true }
        let well = await keeping(work, keep: { saved = $0 })
        change { saving = false }
        return well
    }
}

/// A form for a record of a case.
public final class RecordFormModel: FormModel {
    /// The case it belongs to.
    public let caseId: String
    /// The own record it corrects.
    public let amends: String?
    /// What was typed.
    public var draft: RecordDraft { willSet { willChange() } }

    private init(_ phone: Phone, caseId: String, recordId: String, draft: RecordDraft, amends: String?, occurredAt: Date?) {
        (self.caseId, self.draft, self.amends) = (caseId, draft, amends)
        super.init(phone, recordId: recordId, occurredAt: occurredAt)
    }

    /// An empty form, or one that is restored with the id it had.
    public static func new(_ phone: Phone, caseId: String, draft: RecordDraft, recordId: String? = nil) throws -> RecordFormModel {
        let id = try recordId ?? phone.engine.newRecordId()
        return RecordFormModel(phone, caseId: caseId, recordId: id, draft: draft, amends: nil, occurredAt: nil)
    }

    /// A form that corrects (更正) an own record: it begins with what that one says.
    public static func correcting(
        _ phone: Phone, caseId: String, record: RecordView, recordId: String? = nil
    ) async throws -> RecordFormModel {
        let (old, id) = try await phone.call {
            (try $0.draftOf(caseId: caseId, recordId: record.recordId), try recordId ?? $0.newRecordId())
        }
        return RecordFormModel(
            phone, caseId: caseId, recordId: id, draft: old, amends: record.recordId, occurredAt: record.occurredAt)
    }

    /// Saves. `true`: the record is durable on this phone (已存本机), and `saved` tells what the server would say. `false`: nothing was
    /// saved, and `failure` says why.
    @discardableResult
    public func save() async -> Bool {
        let record = NewRecord(draft: draft, recordId: recordId, occurredAt: occurredAt, amends: amends)
        let id = caseId
        return await save { try $0.record(caseId: id, record: record) }
    }
}

/// A form that opens a case (线索), with or without signal.
public final class CaseFormModel: FormModel {
    /// Of the case that will be opened; keep it as `recordId`.
    public let caseId: String
    /// What was typed.
    public var draft: CaseOpenedDraft { willSet { willChange() } }

    /// An empty form, or one that is restored with the ids it had.
    public init(_ phone: Phone, draft: CaseOpenedDraft, caseId: String? = nil, recordId: String? = nil) throws {
        (self.caseId, self.draft) = (try caseId ?? phone.engine.newCaseId(), draft)
        super.init(phone, recordId: try recordId ?? phone.engine.newRecordId(), occurredAt: nil)
    }

    /// Saves; see `RecordFormModel.save`.
    @discardableResult
    public func save() async -> Bool {
        let opened = NewCase(draft: draft, caseId: caseId, recordId: recordId, occurredAt: occurredAt)
        return await save { try $0.openCase(newCase: opened) }
    }
}
