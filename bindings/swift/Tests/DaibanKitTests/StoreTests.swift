import DaibanCore
import DaibanKit
import XCTest

/// The phone's own storage and key store in trouble: nothing acknowledged is lost, and it works again when the trouble is over.
final class StoreTests: XCTestCase {
    func test_storage_full() async throws {
        guard let small = ProcessInfo.processInfo.environment["DAIBAN_TEST_SMALL"] else {
            throw XCTSkip("DAIBAN_TEST_SMALL must name a small volume; bindings/scripts/swift-test.sh makes one")
        }
        let server = try DaibanServer()
        let data = URL(fileURLWithPath: small).appendingPathComponent("data")
        let zhou = try await TestPhone.enrolled(.agent, at: server, data: data)
        let caseId = try await zhou.sharedCase(at: server)
        var kept: [String] = []
        var full: EngineError?
        while full == nil, kept.count < 10_000 {
            do {
                kept.append(try zhou.log(String(repeating: "满", count: 1_500), in: caseId).recordId)
            } catch let error as EngineError {
                full = error
            }
        }
        let error = try XCTUnwrap(full, "the volume never filled")
        XCTAssertEqual(error.code, "store_full")
        guard case .Storage = error else { return XCTFail("\(error)") }
        XCTAssertTrue(error.zh.contains("空间"), error.zh)
        XCTAssertGreaterThan(kept.count, 3)
        XCTAssertEqual(try zhou.engine.overview().unsent, Int64(kept.count), "what was acknowledged is there, the refused one is not")

        // Space is freed: the data move to a volume that has some.
        try zhou.phone.shutDown()
        let roomy = try TestFolder()
        let moved = roomy.url.appendingPathComponent("data")
        try FileManager.default.copyItem(at: data, to: moved)
        try FileManager.default.removeItem(at: data)
        let again = try await Phone.open(folder: moved, keys: zhou.keys)
        let own = Set(try again.engine.myRecords(caseId: caseId).map(\.recordId))
        XCTAssertTrue(own.isSuperset(of: kept))
        try again.engine.recordLog(caseId: caseId, text: "清理空间后重新保存")
        let report = try await again.sync()
        XCTAssertEqual([report.sent, report.left], [Int64(kept.count) + 1, 0])
        try again.shutDown()
    }

    func test_key_store_locked() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try zhou.openCase()
        let error = try await refusal("key_store_locked") { try await zhou.reopen(keys: LockedKeys()) }
        guard case .Keys = error else { return XCTFail("\(error)") }
        XCTAssertTrue(error.zh.contains("解锁"), error.zh)
        XCTAssertEqual(Failure(error).next, .checkDevice)
        try await zhou.reopen()
        XCTAssertEqual(try zhou.engine.overview().cases.map(\.caseId), [caseId], "unlocked, all is there")
    }

    func test_keys_lost() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try zhou.openCase()
        try zhou.phone.shutDown()
        let before = try sizes(of: zhou)
        let empty = try FileKeyStore(folder: TestFolder().url)
        let error = try await refusal("key_lost") { try await zhou.reopen(keys: empty) }
        guard case .Keys = error else { return XCTFail("\(error)") }
        let other = try FileKeyStore(folder: TestFolder().url)
        try other.save(name: "at_rest", secret: Data(repeating: 7, count: 32))
        try other.save(name: "device", secret: Data(repeating: 8, count: 32))
        _ = try await refusal("store_wrong_key") { try await zhou.reopen(keys: other) }
        XCTAssertEqual(try sizes(of: zhou), before, "nothing was touched")
        try await zhou.reopen()
        XCTAssertEqual(try zhou.engine.overview().cases.map(\.caseId), [caseId])
    }

    func test_newer_database() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try zhou.openCase()
        try zhou.phone.shutDown()
        let whole = try Data(contentsOf: zhou.store)
        // SQLite keeps `user_version` at offset 60, big-endian.
        var newer = whole
        newer.replaceSubrange(60..<64, with: [0, 0, 0, 99])
        try newer.write(to: zhou.store)
        let error = try await refusal("store_newer") { try await zhou.reopen() }
        XCTAssertEqual(Failure(error).next, .updateApp)
        XCTAssertEqual(try Data(contentsOf: zhou.store), newer, "the file is untouched")
        try whole.write(to: zhou.store)
        try await zhou.reopen()
        XCTAssertEqual(try zhou.engine.overview().cases.map(\.caseId), [caseId])
    }

    func test_half_written_file() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        let records = try (1...40).map { try zhou.log("第\($0)条，" + String(repeating: "长", count: 300), in: caseId).recordId }
        try zhou.phone.shutDown()
        let whole = try Data(contentsOf: zhou.store)
        try whole.prefix(whole.count / 2).write(to: zhou.store)

        try await zhou.reopen()
        let overview = try zhou.engine.overview()
        let notice = try XCTUnwrap(overview.notices.first { $0.code == "salvaged" })
        assertChinese(notice.zh)
        let beside = try FileManager.default.contentsOfDirectory(at: zhou.data, includingPropertiesForKeys: nil)
        let sick = beside.filter { $0 != zhou.store && (try? Data(contentsOf: $0)) == whole.prefix(whole.count / 2) }
        XCTAssertEqual(sick.count, 1, "the sick file is kept aside: \(beside.map(\.lastPathComponent))")
        let kept = Set(try zhou.engine.myRecords(caseId: nil).map(\.recordId)).intersection(records)
        XCTAssertGreaterThan(kept.count, 0, "records that were whole in the first half are there")
        if overview.identity != nil {
            let report = try await zhou.sync()
            XCTAssertEqual(report.left, 0)
            let served = Set(try server.records(of: caseId).compactMap { $0["fact"] as? String })
            XCTAssertTrue(served.isSuperset(of: kept), "and go out")
        }
    }

    private func sizes(of phone: TestPhone) throws -> [String: Int] {
        let files = try FileManager.default.contentsOfDirectory(at: phone.data, includingPropertiesForKeys: [.fileSizeKey])
        return try Dictionary(uniqueKeysWithValues: files.map {
            ($0.lastPathComponent, try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0)
        })
    }
}

/// A phone that nobody has unlocked yet.
private final class LockedKeys: KeyStore {
    func load(name: String) throws -> Data? { throw KeyStoreError.Locked(reason: "before the first unlock") }
    func save(name: String, secret: Data) throws { throw KeyStoreError.Locked(reason: "before the first unlock") }
}
