import Foundation
import XCTest

/// A real `daiban serve` of its own on loopback, and the office that gives it orders by the command line.
final class DaibanServer {
    /// What the office's command said no to.
    struct Refused: Error { let words: String }

    let data: URL
    private(set) var url = ""
    private let folder: TestFolder
    private var process: Process?

    private static var binary: URL {
        get throws {
            guard let path = ProcessInfo.processInfo.environment["DAIBAN_BIN"] else {
                throw XCTSkip("DAIBAN_BIN must name the server; bindings/scripts/swift-test.sh does")
            }
            return URL(fileURLWithPath: path)
        }
    }

    init(started: Bool = true) throws {
        folder = try TestFolder()
        data = folder.url.appendingPathComponent("server")
        if started { try start() }
    }

    deinit { stop() }

    /// Starts it, over the same data if it ran before; where it listens is new each time.
    func start() throws {
        let child = Process()
        child.executableURL = try Self.binary
        child.arguments = ["--data", data.path, "--listen", "127.0.0.1:0", "serve"]
        child.standardOutput = FileHandle.nullDevice
        child.standardError = FileHandle.nullDevice
        try child.run()
        process = child
        let file = data.appendingPathComponent("serve.json")
        for _ in 0..<500 {
            if let said = try? JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any],
                said["pid"] as? Int == Int(child.processIdentifier), let address = said["address"] as? String {
                url = "http://" + address
                return
            }
            usleep(20_000)
        }
        throw Refused(words: "the server did not begin to listen within 10 s")
    }

    /// Ends it; its data stay for another start. SIGTERM would not do: children inherit the blocked signals of Foundation's threads.
    func stop() {
        guard let running = process else { return }
        kill(running.processIdentifier, SIGKILL)
        running.waitUntilExit()
        process = nil
    }

    /// One command of the office (or of `person`), as typed; gives what it prints as JSON.
    @discardableResult
    func order(_ words: [String], as person: String = "office", under clock: String? = nil) throws -> Any {
        let child = Process()
        let command = ["--data", data.path, "--json", "--as", person] + words
        if let clock {
            child.executableURL = URL(fileURLWithPath: "/usr/bin/faketime")
            child.arguments = ["-f", clock, try Self.binary.path] + command
        } else {
            child.executableURL = try Self.binary
            child.arguments = command
        }
        let (out, err) = (Pipe(), Pipe())
        child.standardOutput = out
        child.standardError = err
        try child.run()
        let printed = out.fileHandleForReading.readDataToEndOfFile()
        let wrong = err.fileHandleForReading.readDataToEndOfFile()
        child.waitUntilExit()
        guard child.terminationStatus == 0 else {
            throw Refused(words: "\(words): " + String(decoding: printed + wrong, as: UTF8.self))
        }
        return try JSONSerialization.jsonObject(with: printed)
    }

    /// Registers a person with a role; units of the plan are known.
    func add(_ person: Person, under clock: String? = nil) throws {
        var words = ["person", "add", person.id, "--name", person.name, "--unit", person.unit, "--role", person.role]
        if let group = person.group { words += ["--group", group] }
        try order(words, under: clock)
    }

    /// A one-time code.
    func invite(_ person: Person, under clock: String? = nil) throws -> String {
        let said = try order(["device", "invite", person.id], under: clock) as? [String: Any]
        return try XCTUnwrap(said?["code"] as? String)
    }

    /// Confirms a device by its six digits.
    func confirm(_ number: String) throws { try order(["device", "confirm", number]) }

    /// Seats a person on a case, or ends the seat.
    func seat(_ person: Person, on caseId: String) throws { try order(["case", "assign", caseId, person.id]) }

    func unseat(_ person: Person, from caseId: String) throws { try order(["case", "assign", caseId, person.id, "--end"]) }

    /// Revokes every device of a person.
    func revokeDevices(of person: Person) throws {
        let devices = try XCTUnwrap(order(["device", "list"]) as? [[String: Any]])
        for device in devices where device["person"] as? String == person.id {
            try order(["device", "revoke", XCTUnwrap(device["id"] as? String), "--reason", "手机遗失"])
        }
    }

    /// The records of a case as the server holds them: `fact`, `kind`, `verdict` …
    func records(of caseId: String) throws -> [[String: Any]] {
        let shown = try XCTUnwrap(order(["case", "show", caseId]) as? [String: Any])
        return try XCTUnwrap(shown["fact_rows"] as? [[String: Any]])
    }
}

/// Somebody of the town.
struct Person {
    let id, name, unit, role: String
    var group: String?

    static let chief = Person(id: "wang-zhe", name: "王喆", unit: "business-environment", role: "chief_agent")
    static let agent = Person(id: "zhou-min", name: "周敏", unit: "natural-resources", role: "unit_agent")
    static let otherAgent = Person(id: "wu-lei", name: "吴磊", unit: "housing", role: "unit_agent")
}
