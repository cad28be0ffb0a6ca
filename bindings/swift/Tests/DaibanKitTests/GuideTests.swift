import DaibanCore
import DaibanKit
import XCTest

/// The examples of `bindings/README.md` and `bindings/swift/README.md`, line by line as they stand there.
final class GuideTests: XCTestCase {
    func test_the_guide_opens_and_enrols() async throws {
        let office = try DaibanServer()
        try office.add(.agent)
        let folder = try TestFolder()
        let (dataDir, keyFolder) = (folder.url.appendingPathComponent("data").path, folder.url.appendingPathComponent("keys"))
        let (server, code) = (office.url, try office.invite(.agent))

        let engine = try Engine.open(settings: EngineSettings(dataDir: dataDir), keyStore: FileKeyStore(folder: keyFolder),
                                     transport: URLSessionTransport(), clock: SystemClock(), log: nil)
        let identity = try await engine.enrol(server: server, code: code, model: "iPhone 17")
        print("请与专班办公室核对确认号 \(identity.confirmation)")

        try office.confirm(identity.confirmation)
        let report = try await engine.syncNow(deadlineMs: 30_000)
        XCTAssertEqual(report.end, .done)
        try engine.shutDown()
    }

    @MainActor
    func test_the_packages_guide() async throws {
        let office = try DaibanServer()
        let agent = try await TestPhone.enrolled(.agent, at: office)
        try agent.phone.shutDown()
        let (folder, keys) = (agent.data, agent.keys)

        let phone = try await Phone.open(folder: folder, keys: keys)
        let overview = try await phone.call { try $0.overview() }
        print("\(overview.cases.count)个项目，\(overview.unsent)条未上传")

        let form = try await CaseFormModel.new(phone)
        for field in form.form.fields { print(field.label.zh, field.required ? "（必填）" : "", field.help?.zh ?? "") }
        form.values = ["title": "新能源电池项目", "enterprise": "大连某某公司", "location": "丰荣街道办事处", "investment_10k_yuan": "1.2亿"]
        if await form.save() {
            form.saved?.notices.forEach { print($0.zh) }
        } else {
            form.problems.forEach { print($0.field, $0.zh) }
        }

        let list = CaseListModel(phone)
        list.onChange = { print(list.unsentZh ?? "全部已上传") }
        list.start()

        let syncing = Task { try await phone.sync(within: 25) }
        let report = try await syncing.value
        if report.end != .done { print("还有\(report.left)条，下次继续") }

        XCTAssertEqual([report.sent, report.left], [1, 0])
        XCTAssertEqual(overview.cases.count, 0)
        try await eventually("the list read it") { list.cases.map(\.caseId) == [form.caseId] && list.unsentZh == nil }
        list.stop()
        try phone.shutDown()
    }
}
