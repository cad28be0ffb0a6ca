import DaibanCore
import DaibanKit
import Foundation
import XCTest

/// A clock that stands `offset` seconds beside the machine's.
final class MovedClock: DaibanCore.Clock, @unchecked Sendable {
    private let lock = NSLock()
    private var seconds: TimeInterval = 0

    var offset: TimeInterval {
        get { lock.withLock { seconds } }
        set { lock.withLock { seconds = newValue } }
    }

    func now() throws -> Date { Date().addingTimeInterval(offset) }
}

/// Somebody's phone: a folder, its key store, a clock that can be moved.
final class TestPhone {
    let person: Person
    let folder: TestFolder
    let data: URL
    let clock = MovedClock()
    let keys: FileKeyStore
    private(set) var phone: Phone

    var engine: Engine { phone.engine }
    var store: URL { data.appendingPathComponent("daiban.sqlite") }

    /// A phone that is nobody's yet; `data` may lie on another volume.
    init(of person: Person, data: URL? = nil, transport: Transport = URLSessionTransport(), log: LogSink? = nil) async throws {
        self.person = person
        folder = try TestFolder()
        self.data = data ?? folder.url.appendingPathComponent("data")
        keys = try FileKeyStore(folder: folder.url.appendingPathComponent("keys"))
        phone = try await Phone.open(folder: self.data, keys: keys, transport: transport, clock: clock, log: log)
    }

    deinit { try? phone.shutDown() }

    /// A phone whose person the office registered and whose six digits it compared.
    static func enrolled(
        _ person: Person, at server: DaibanServer, data: URL? = nil, transport: Transport = URLSessionTransport()
    ) async throws -> TestPhone {
        let made = try await TestPhone(of: person, data: data, transport: transport)
        try? server.add(person)
        let identity = try await made.phone.enrol(server: server.url, code: server.invite(person), model: "测试手机")
        try server.confirm(identity.confirmation)
        return made
    }

    /// Opens the engine again over the same folder; the old one is shut down before.
    func reopen(keys other: KeyStore? = nil, transport: Transport = URLSessionTransport()) async throws {
        try phone.shutDown()
        phone = try await Phone.open(folder: data, keys: other ?? keys, transport: transport, clock: clock)
    }

    // MARK: - What people do

    @discardableResult
    func sync(within seconds: TimeInterval = 30) async throws -> SyncReport { try await phone.sync(within: seconds) }

    func openCase(_ title: String = "海湾冷链物流园") throws -> String {
        try engine.openCase(values: opening(title)).caseId
    }

    @discardableResult
    func log(_ text: String, in caseId: String, id: String? = nil) throws -> Saved {
        try engine.recordLog(caseId: caseId, text: text, channel: "window", recordId: id)
    }

    /// 委托书 with both signatures on one day; gives the record's id.
    func letter(signedOn day: String, in caseId: String, amends: String? = nil) throws -> String {
        // 项目名称 and 建设单位 are the case's.
        let letter: [String: FormValue] = [
            "scope": ["建设工程规划许可证"], "chief_signed_on": FormValue(day), "enterprise_signed_on": FormValue(day),
        ]
        return try engine.record(caseId: caseId, kind: "authorization_letter_signed", values: letter, amends: amends).recordId
    }

    /// What a record says, as a form again.
    func kept(_ recordId: String, _ kind: String, in caseId: String) throws -> [String: FormValue] {
        try engine.form(caseId: caseId, kind: kind, recordId: recordId).filled
    }

    func own(_ recordId: String) throws -> OwnRecord {
        try XCTUnwrap(engine.myRecords(caseId: nil).first { $0.recordId == recordId }, "no such own record")
    }

    func place(of recordId: String) throws -> RecordPlace { try own(recordId).place }

    func view(_ caseId: String) throws -> CaseView { try engine.caseView(caseId: caseId) }

    func seen(_ recordId: String, in caseId: String) throws -> RecordView {
        try XCTUnwrap(view(caseId).records.first { $0.recordId == recordId }, "not in the case")
    }

    /// A case of this agent that the server has and on which `others` sit.
    func sharedCase(with others: [TestPhone] = [], at server: DaibanServer) async throws -> String {
        let caseId = try openCase()
        try await sync()
        for other in others {
            try server.seat(other.person, on: caseId)
            try await other.sync()
        }
        return caseId
    }
}

/// A case that is large enough.
func opening(_ title: String = "海湾冷链物流园") -> [String: FormValue] {
    ["title": FormValue(title), "enterprise": "大连某某有限公司", "location": "铁西街道", "investment_10k_yuan": "1.2亿"]
}

extension RecordPlace {
    var isLocal: Bool { if case .local = self { return true } else { return false } }

    /// What the server said of it; `nil` while it is on the phone only, or quarantined.
    var verdict: VerdictView? {
        switch self {
        case .uploaded(_, let verdict), .judged(_, let verdict): return verdict
        case .local, .quarantined: return nil
        }
    }
}

/// A day in Shanghai, so many days from now: `2026-11-24`.
func day(_ offset: Int = 0) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "Asia/Shanghai")
    format.dateFormat = "yyyy-MM-dd"
    return format.string(from: Date().addingTimeInterval(Double(offset) * 86_400))
}
