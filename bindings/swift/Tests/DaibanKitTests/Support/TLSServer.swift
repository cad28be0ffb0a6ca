import Foundation
import XCTest

/// `openssl s_server` with one of the certificates that swift-test.sh made: `good`, `expired` and `future` of an authority that is
/// trusted here, `stranger` of none.
final class TLSServer {
    let url: String
    private let process = Process()

    init(_ certificate: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["DAIBAN_TEST_TLS"] else {
            throw XCTSkip("DAIBAN_TEST_TLS must name the certificates; bindings/scripts/swift-test.sh makes them")
        }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-www", "-cert", "\(folder)/\(certificate).pem", "-key", "\(folder)/\(certificate).key",
        ]
        let out = Pipe()
        process.standardOutput = out
        process.standardError = FileHandle.nullDevice
        try process.run()
        var said = ""
        while !said.contains("\n") || !said.contains("ACCEPT") {
            let part = out.fileHandleForReading.availableData
            guard !part.isEmpty else { throw POSIXError(.ECONNREFUSED) }
            said += String(decoding: part, as: UTF8.self)
        }
        let port = said.components(separatedBy: "ACCEPT").last?.split(separator: ":").last.flatMap { Int($0.prefix { $0.isNumber }) }
        url = "https://127.0.0.1:\(try XCTUnwrap(port, said))"
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
