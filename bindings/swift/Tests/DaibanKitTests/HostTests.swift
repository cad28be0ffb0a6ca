import DaibanCore
@testable import DaibanKit
import XCTest
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The ready-made host parts by themselves.
final class HostTests: XCTestCase {
    private func request(_ url: String, timeoutMs: Int64 = 10_000) -> HttpRequest {
        HttpRequest(method: "POST", url: url, headers: ["x-daiban": "标识", "content-type": "application/cbor"], body: Data([1, 2, 3]), timeoutMs: timeoutMs)
    }

    func test_a_request_goes_out_as_it_is() async throws {
        let echo = try FakeServer { path, body in
            .http("418 Teapot", ["content-type": "application/cbor", "X-Upper": "1"], Data(path.utf8) + body)
        }
        defer { echo.stop() }
        let answer = try await URLSessionTransport().send(request: request(echo.url + "/v1/sync"))
        XCTAssertEqual(answer.status, 418)
        XCTAssertEqual(answer.body, Data("/v1/sync".utf8) + Data([1, 2, 3]))
        XCTAssertEqual(answer.headers["x-upper"], "1", "names in lower case")
    }

    func test_a_server_that_dribbles_is_cut_off() async throws {
        let slow = try FakeServer { _, _ in .dribble(Data(repeating: 0, count: 10_000)) }
        defer { slow.stop() }
        do {
            let answer = try await URLSessionTransport().send(request: request(slow.url, timeoutMs: 1_500))
            XCTFail("waited for all of it: \(answer.body.count)")
        } catch TransportError.Timeout {
        }
    }

    func test_an_answer_without_end_is_cut_off() async throws {
        let flood = Data(repeating: 0x41, count: URLSessionTransport.answerBytesMax + 1)
        let flooding = try FakeServer { _, _ in .http("200 OK", ["content-type": "application/cbor"], flood) }
        defer { flooding.stop() }
        do {
            let answer = try await URLSessionTransport().send(request: request(flooding.url, timeoutMs: 60_000))
            XCTFail("took all of it: \(answer.body.count)")
        } catch TransportError.Offline(let reason) {
            XCTAssertTrue(reason.contains("\(URLSessionTransport.answerBytesMax)"), reason)
        }
    }

    func test_nobody_there_is_offline() async throws {
        let nobody = try FakeServer { _, _ in .drop }
        nobody.stop()
        for url in [nobody.url, "http://nowhere.invalid"] {
            do {
                let answer = try await URLSessionTransport().send(request: request(url))
                XCTFail("\(answer)")
            } catch TransportError.Offline {
            }
        }
    }

    func test_a_cancelled_task_is_told_so() async throws {
        let hanging = try FakeServer { _, _ in .hang }
        defer { hanging.stop() }
        let sending = Task { try await URLSessionTransport().send(request: request(hanging.url, timeoutMs: 300_000)) }
        try await eventually("it is on its way") { hanging.requests == 1 }
        sending.cancel()
        do {
            let answer = try await sending.value
            XCTFail("\(answer)")
        } catch TransportError.Cancelled {
        }
    }

    func test_apples_codes_for_certificates_are_told_apart() {
        let named: [(URLError.Code, String)] = [
            (.serverCertificateHasBadDate, "time"), (.serverCertificateNotYetValid, "time"), (.serverCertificateUntrusted, "certificate"),
            (.serverCertificateHasUnknownRoot, "certificate"), (.secureConnectionFailed, "certificate"), (.timedOut, "timeout"),
            (.cancelled, "cancelled"), (.notConnectedToInternet, "offline"), (.networkConnectionLost, "broken"), (.cannotFindHost, "offline"),
        ]
        for (code, kind) in named {
            let found: String
            switch TransportError.of(URLError(code)) {
            case .CertificateTime: found = "time"
            case .Certificate: found = "certificate"
            case .Timeout: found = "timeout"
            case .Cancelled: found = "cancelled"
            case .Offline: found = "offline"
            case .Broken: found = "broken"
            case .Unexpected: found = "unexpected"
            }
            XCTAssertEqual(found, kind, "\(code)")
        }
    }

    func test_secrets_in_files_are_the_owners_alone() throws {
        let folder = try TestFolder()
        let keys = try FileKeyStore(folder: folder.url.appendingPathComponent("keys"))
        XCTAssertNil(try keys.load(name: "device"))
        for secret in [Data(repeating: 1, count: 32), Data(repeating: 2, count: 32)] {
            try keys.save(name: "device", secret: secret)
            XCTAssertEqual(try keys.load(name: "device"), secret)
        }
        let file = folder.url.appendingPathComponent("keys/device")
        let rights = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        XCTAssertEqual(rights, 0o600)
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/keys"), ["device"], "nothing lies aside")
    }
}
