import DaibanCore
import DaibanKit
import XCTest

/// What stands between a phone and its server, met by the real `URLSessionTransport`: after each of them the record goes out whole.
final class StrangerTests: XCTestCase {
    private func phone(at server: DaibanServer) async throws -> (TestPhone, String) {
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        return (zhou, try zhou.openCase())
    }

    /// Syncs against `url`, which must fail by `code`; then against the server, which must go well.
    @discardableResult
    private func meets(_ code: String, at url: String, _ zhou: TestPhone, line: UInt = #line) async throws -> EngineError {
        let unsent = try zhou.engine.overview().unsent
        try await zhou.phone.connect(server: url)
        let error = try await refusal(code, { try await zhou.sync() }, line: line)
        XCTAssertEqual(try zhou.engine.overview().unsent, unsent, "the records are all there", line: line)
        XCTAssertEqual(try zhou.engine.syncStatus().lastErrorZh, error.zh, line: line)
        return error
    }

    private func goesWell(_ zhou: TestPhone, at server: DaibanServer, _ caseId: String) async throws {
        try await zhou.phone.connect(server: server.url)
        let report = try await zhou.sync()
        XCTAssertEqual([report.sent, report.left], [1, 0])
        XCTAssertEqual(try server.records(of: caseId).count, 1)
    }

    func test_wrong_server() async throws {
        let server = try DaibanServer()
        let (zhou, caseId) = try await phone(at: server)
        let strangers: [FakeServer.Answer] = [
            .http("404 Not Found", ["content-type": "text/html"], Data("<h1>nginx</h1>".utf8)),
            .http("404 Not Found", ["content-type": "text/plain"], Data("nothing here".utf8)),
            .http("200 OK", ["content-type": "text/plain"], Data("hello".utf8)),
            .http("200 OK", ["content-type": "application/json"], Data("{\"ok\":true}".utf8)),
        ]
        for answer in strangers {
            let stranger = try FakeServer { _, _ in answer }
            let error = try await meets("wrong_server", at: stranger.url, zhou)
            XCTAssertEqual(Failure(error).next, .putRight)
            stranger.stop()
        }
        try await goesWell(zhou, at: server, caseId)
    }

    func test_captive_portal() async throws {
        let server = try DaibanServer()
        let (zhou, caseId) = try await phone(at: server)
        let page = Data("<!DOCTYPE html><html>请登录 Wi-Fi</html>".utf8)
        let elsewhere = try FakeServer { _, _ in .http("200 OK", ["content-type": "text/html"], page) }
        let portals: [FakeServer.Answer] = [
            .http("200 OK", ["content-type": "text/html; charset=utf-8"], page),
            .http("200 OK", [:], page),
            .http("302 Found", ["location": elsewhere.url + "/login"], Data()),
            .http("511 Network Authentication Required", ["content-type": "text/html"], page),
        ]
        for answer in portals {
            let portal = try FakeServer { _, _ in answer }
            let error = try await meets("captive_portal", at: portal.url, zhou)
            XCTAssertEqual(Failure(error).next, .putRight)
            XCTAssertTrue(error.zh.contains("认证"), error.zh)
            portal.stop()
        }
        XCTAssertEqual(elsewhere.requests, 0, "a redirect is not followed: the signed request stays here")
        elsewhere.stop()
        try await goesWell(zhou, at: server, caseId)
    }

    func test_server_busy() async throws {
        let server = try DaibanServer()
        let (zhou, caseId) = try await phone(at: server)
        for status in ["502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"] {
            let proxy = try FakeServer { _, _ in .http(status, ["content-type": "text/html"], Data("<h1>down</h1>".utf8)) }
            let error = try await meets("busy", at: proxy.url, zhou)
            guard case .retry(let seconds) = Failure(error).next else { return XCTFail("\(error)") }
            XCTAssertGreaterThan(seconds, 0)
            XCTAssertEqual(proxy.requests, 3, "tried again before it gave up")
            proxy.stop()
        }
        let dropping = try FakeServer { _, _ in .drop }
        try await meets("offline", at: dropping.url, zhou)
        dropping.stop()
        try await goesWell(zhou, at: server, caseId)
    }

    func test_certificate() async throws {
        let server = try DaibanServer()
        let (zhou, caseId) = try await phone(at: server)
        let stranger = try TLSServer("stranger")
        let unknown = try await meets("certificate", at: stranger.url, zhou)
        XCTAssertEqual(Failure(unknown).next, .putRight)
        for name in ["expired", "future"] {
            let dated = try TLSServer(name)
            let error = try await meets("certificate_time", at: dated.url, zhou)
            XCTAssertTrue(error.zh.contains("日期和时间"), error.zh)
        }
        let good = try TLSServer("good")
        let request = HttpRequest(method: "GET", url: good.url + "/", headers: [:], body: Data(), timeoutMs: 10_000)
        let answer = try await URLSessionTransport().send(request: request)
        XCTAssertEqual(answer.status, 200, "the same authority, in its time: trusted")
        let elsewhere = HttpRequest(
            method: "GET", url: good.url.replacingOccurrences(of: "127.0.0.1", with: "localhost"), headers: [:], body: Data(),
            timeoutMs: 10_000)
        do {
            let answer = try await URLSessionTransport().send(request: elsewhere)
            XCTFail("a certificate of another name was taken: \(answer.status)")
        } catch TransportError.Certificate {
        }
        try await goesWell(zhou, at: server, caseId)
    }
}
