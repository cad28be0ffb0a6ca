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
    let clock = MovedClock()
    let keys: FileKeyStore
    private(set) var phone: Phone

    var engine: Engine { phone.engine }
    var dataFolder: URL { folder.url.appendingPathComponent("data") }
    var store: URL { dataFolder.appendingPathComponent("daiban.sqlite") }

    /// A phone that is nobody's yet.
    init(of person: Person, transport: Transport = URLSessionTransport()) async throws {
        self.person = person
        folder = try TestFolder()
        keys = try FileKeyStore(folder: folder.url.appendingPathComponent("keys"))
        phone = try await Phone.open(
            folder: folder.url.appendingPathComponent("data"), keys: keys, transport: transport, clock: clock)
    }

    deinit { try? phone.close() }

    /// A phone whose person the office registered and whose six digits it compared.
    static func enrolled(_ person: Person, at server: DaibanServer, transport: Transport = URLSessionTransport()) async throws -> TestPhone {
        let made = try await TestPhone(of: person, transport: transport)
        try await made.enrol(at: server)
        return made
    }

    func enrol(at server: DaibanServer) async throws {
        try? server.add(person)
        let identity = try await phone.enrol(server: server.url, code: server.invite(person), model: "测试手机")
        try server.confirm(identity.confirmation)
    }

    /// Closes the engine and opens it again over the same folder.
    func reopen(keys other: KeyStore? = nil, transport: Transport = URLSessionTransport()) async throws {
        try phone.close()
        phone = try await Phone.open(folder: dataFolder, keys: other ?? keys, transport: transport, clock: clock)
    }

    func close() throws { try phone.close() }

    // MARK: - What people do

    @discardableResult
    func sync(within seconds: TimeInterval = 30) async throws -> SyncReport { try await phone.sync(within: seconds) }

    func openCase(_ title: String = "海湾冷链物流园") throws -> String {
        let draft = CaseOpenedDraft(title: title, enterprise: "大连某某有限公司", location: "铁西街道", investment10kYuan: 12_000)
        return try engine.openCase(newCase: NewCase(draft: draft)).caseId
    }

    @discardableResult
    func log(_ text: String, in caseId: String) throws -> Saved {
        let draft = RecordDraft.workLog(WorkLogDraft(text: text, channel: .window))
        return try engine.record(caseId: caseId, record: NewRecord(draft: draft))
    }

    func place(of recordId: String) throws -> RecordPlace {
        try XCTUnwrap(engine.myRecords(caseId: nil).first { $0.recordId == recordId }, "no such own record").place
    }

    func view(_ caseId: String) throws -> CaseView { try engine.caseView(caseId: caseId) }

    /// A case of this agent that the server has and on which `others` sit.
    func sharedCase(with others: [TestPhone], at server: DaibanServer) async throws -> String {
        let caseId = try openCase()
        try await sync()
        for other in others {
            try server.seat(other.person, on: caseId)
            try await other.sync()
        }
        return caseId
    }
}

/// The `EngineError` that `work` throws; anything else fails the test.
func refusal<T>(_ work: () async throws -> T, file: StaticString = #filePath, line: UInt = #line) async throws -> EngineError {
    do {
        let value = try await work()
        XCTFail("went well: \(value)", file: file, line: line)
    } catch let error as EngineError {
        return error
    }
    throw XCTSkip("no refusal to look at")
}

/// Every sentence for a person is Chinese and says something.
func assertChinese(_ text: String, file: StaticString = #filePath, line: UInt = #line) {
    let chinese = text.unicodeScalars.filter { (0x4E00...0x9FFF).contains($0.value) }.count
    XCTAssertGreaterThan(chinese, 4, "not a sentence in Chinese: \(text)", file: file, line: line)
}

extension RecordPlace {
    var isLocal: Bool { if case .local = self { return true } else { return false } }

    /// The verdict's code once the server has said it.
    var judged: VerdictCode? {
        switch self {
        case .uploaded(_, let verdict), .judged(_, let verdict): return verdict.code
        case .local, .quarantined: return nil
        }
    }
}
