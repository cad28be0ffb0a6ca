import DaibanCore
import DaibanKit
import XCTest

/// A child process that saves all the time is killed in the middle of it.
final class KillTests: XCTestCase {
    func test_kill_in_the_middle_of_a_save() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        var begun: [(id: String, number: String)] = []
        var done: Set<String> = []
        for round in 1...8 {
            try zhou.phone.shutDown()
            for line in try killed(after: round * 7, folder: zhou.folder.url, caseId: caseId) {
                let words = line.split(separator: " ").map(String.init)
                if words.count == 3, words[0] == "begin" { begun.append((words[1], words[2])) }
                if words.count == 2, words[0] == "done" { done.insert(words[1]) }
            }
            try await zhou.reopen()
            let kept = try zhou.engine.myRecords(caseId: caseId).map(\.recordId)
            XCTAssertTrue(done.isSubset(of: kept), "acknowledged and lost: \(done.subtracting(kept))")
            XCTAssertEqual(Set(kept).count, kept.count)
            XCTAssertTrue(try zhou.engine.overview().notices.isEmpty, "nothing had to be salvaged")
        }
        XCTAssertGreaterThanOrEqual(done.count, 8 * 3)

        // The form whose answer was never heard saves again with the id it kept.
        for form in begun {
            let again = try zhou.log(Self.text(form.number), in: caseId, id: form.id)
            XCTAssertEqual(again.recordId, form.id)
            XCTAssertTrue(again.already || !done.contains(form.id))
        }
        let first = try XCTUnwrap(begun.first)
        _ = try await refusal("already_recorded") { try zhou.log("另一件事", in: caseId, id: first.id) }
        try await zhou.sync()
        let logs = try server.records(of: caseId).filter { $0["kind"] as? String == "work_log" }
        XCTAssertEqual(logs.count, begun.count, "each form is one record on the server")
        XCTAssertEqual(Set(logs.compactMap { $0["fact"] as? String }), Set(begun.map(\.id)))
    }

    /// What the probe writes.
    private static func text(_ number: String) -> String { "第\(number)次到窗口" }

    /// Runs the probe and kills it once it has said this many lines, wherever it then is; gives all it said.
    private func killed(after lines: Int, folder: URL, caseId: String) throws -> [String] {
        let child = Process()
        child.executableURL = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
            .deletingLastPathComponent().appendingPathComponent("daiban-kill-probe")
        child.arguments = [folder.path, caseId]
        let out = Pipe()
        child.standardOutput = out
        try child.run()
        var said = Data()
        while said.filter({ $0 == 0x0A }).count < lines {
            let part = out.fileHandleForReading.availableData
            if part.isEmpty { break }
            said.append(part)
        }
        kill(child.processIdentifier, SIGKILL)
        said.append(out.fileHandleForReading.readDataToEndOfFile())
        child.waitUntilExit()
        XCTAssertEqual(child.terminationReason, .uncaughtSignal, "it was killed, it did not end by itself")
        return String(decoding: said, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
