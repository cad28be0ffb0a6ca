import DaibanCore
import DaibanKit
import XCTest

/// The view models, as screens use them.
@MainActor
final class ModelTests: XCTestCase {
    func test_the_list_reads_again_when_something_changes() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let list = CaseListModel(zhou.phone)
        var changes = 0
        list.onChange = { changes += 1 }
        XCTAssertNil(list.overview)
        list.start()
        list.start()
        try await eventually("it reads at once") { list.overview?.identity?.name == Person.agent.name }
        XCTAssertNil(list.unsentZh)

        let form = try await CaseFormModel.new(zhou.phone, values: opening())
        let opened = await form.save()
        XCTAssertTrue(opened)
        try await eventually("the new case is in the list") { list.cases.map(\.caseId) == [form.caseId] && list.unsentZh == "1条未上传" }
        try await zhou.sync()
        try await eventually("and uploaded") { list.unsentZh == nil && list.cases.first?.onlyHere == false }
        XCTAssertGreaterThan(changes, 2)

        list.stop()
        try zhou.log("停止后", in: form.caseId)
        try await Task.sleep(nanoseconds: 50_000_000)
        XCTAssertNil(list.unsentZh, "a screen that went does not read")
        list.start()
        try await eventually("one that comes back does") { list.unsentZh == "1条未上传" }
        list.stop()
    }

    func test_a_case_follows_its_own_events() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        let screen = CaseModel(zhou.phone, caseId: caseId)
        screen.start()
        try await eventually("it reads at once") { screen.view?.records.count == 1 }
        let form = try await RecordFormModel.new(zhou.phone, caseId: caseId, kind: "work_log")
        XCTAssertEqual(form.values, ["channel": "on_site"], "what the phone knows")
        form.values = ["text": "", "channel": "飞鸽"]
        let checked = await form.check()
        XCTAssertFalse(checked)
        XCTAssertEqual(form.problems.map(\.field), ["text", "channel"])
        XCTAssertNil(form.failure)
        let empty = await form.save()
        XCTAssertFalse(empty)
        XCTAssertEqual(form.wrongField, "text")
        XCTAssertEqual(form.problems.map(\.field), ["text", "channel"])
        assertChinese(try XCTUnwrap(form.problem(of: "channel")))
        assertChinese(try XCTUnwrap(form.failure).zh)
        form.values = ["text": "现场协调", "channel": "上门"]
        let fits = await form.check()
        XCTAssertTrue(fits)
        let full = await form.save()
        XCTAssertTrue(full)
        XCTAssertEqual(form.problems, [])
        XCTAssertNil(form.failure)
        XCTAssertEqual(form.saved?.recordId, form.recordId)
        try await eventually("the record is on the screen") { screen.view?.records.last?.recordId == form.recordId }

        let twice = await form.save()
        XCTAssertTrue(twice)
        XCTAssertEqual(form.saved?.already, true)
        XCTAssertEqual(try zhou.view(caseId).records.count, 2, "tapping twice is one record")

        let record = try XCTUnwrap(screen.view?.records.last)
        let correction = try await RecordFormModel.correcting(zhou.phone, caseId: caseId, record: record)
        XCTAssertEqual(correction.values, ["text": "现场协调", "channel": "on_site"])
        correction.values["text"] = "现场协调，已约踏勘"
        let corrected = await correction.save()
        XCTAssertTrue(corrected)
        try await eventually("the correction is on the screen") {
            screen.view?.records.first { $0.recordId == form.recordId }?.amendedBy == correction.recordId
        }
        XCTAssertFalse(screen.isGone)
        let unknown = CaseModel(zhou.phone, caseId: String(repeating: "0", count: 32))
        unknown.start()
        try await eventually("a case that is not here says so") { unknown.isGone }
        screen.stop()
    }

    func test_the_screen_of_a_withdrawn_case_closes() async throws {
        let server = try DaibanServer()
        let (zhou, wu) = (try await TestPhone.enrolled(.agent, at: server), try await TestPhone.enrolled(.otherAgent, at: server))
        let caseId = try await zhou.sharedCase(with: [wu], at: server)
        let screen = CaseModel(wu.phone, caseId: caseId)
        screen.start()
        try await eventually("it reads at once") { screen.view?.records.count == 1 }
        XCTAssertFalse(screen.isGone)
        try server.unseat(wu.person, from: caseId)
        // A seat ends with the second it is ended in.
        try await Task.sleep(nanoseconds: 1_100_000_000)
        try await wu.sync()
        try await eventually("it says that the case went") { screen.isGone }
        screen.stop()
    }

    func test_a_form_that_was_restored_saves_once() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        let typed: [String: FormValue] = ["text": "应用被系统结束前后", "channel": "window", "met": "李工 13900000000"]
        let before = try await RecordFormModel.new(zhou.phone, caseId: caseId, kind: "work_log", values: typed)
        let kept = before.recordId
        let first = await before.save()
        XCTAssertTrue(first)
        try await zhou.reopen()
        let after = try await RecordFormModel.new(zhou.phone, caseId: caseId, kind: "work_log", values: typed, recordId: kept)
        let second = await after.save()
        XCTAssertTrue(second)
        XCTAssertEqual(after.saved?.already, true)
        XCTAssertEqual(try zhou.engine.overview().unsent, 1)
    }

    func test_the_sync_button() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        _ = try zhou.openCase()
        let button = SyncModel(zhou.phone)
        XCTAssertNil(button.lineZh)
        button.start()
        try await eventually("it reads at once") { button.lineZh == "尚未同步" }
        await button.sync()
        XCTAssertEqual(button.report?.sent, 1)
        XCTAssertEqual(button.lineZh, "已同步")

        let hanging = try FakeServer { _, _ in .hang }
        try await zhou.phone.connect(server: hanging.url)
        _ = try zhou.openCase("另一项目")
        let syncing = Task { await button.sync(within: 300) }
        try await eventually("it says that it syncs") { hanging.requests > 0 && button.lineZh?.hasPrefix("正在同步") == true }
        button.cancel()
        await syncing.value
        XCTAssertEqual(button.report?.end, .cancelled)
        XCTAssertEqual(button.lineZh, "已取消，稍后继续")
        hanging.stop()

        await button.sync()
        XCTAssertEqual(button.failure?.code, "offline")
        XCTAssertEqual(button.lineZh, button.failure?.zh)
        try await zhou.phone.connect(server: server.url)
        await button.sync()
        XCTAssertNil(button.failure)
        XCTAssertEqual(button.lineZh, "已同步")
        button.stop()
    }

    func test_a_screen_that_went_is_let_go() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        var list: CaseListModel? = CaseListModel(zhou.phone)
        weak var gone = list
        list?.start()
        try await eventually("it read") { gone?.overview != nil }
        list = nil
        try await eventually("nothing holds it") { gone == nil }
    }
}
