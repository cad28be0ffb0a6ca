import DaibanCore
import DaibanKit
import XCTest

/// What people write comes back byte for byte. Scenario `chinese_text`.
final class TextTests: XCTestCase {
    func test_chinese_text() async throws {
        let server = try DaibanServer()
        let (zhou, wu) = (try await TestPhone.enrolled(.agent, at: server), try await TestPhone.enrolled(.otherAgent, at: server))
        let caseId = try await zhou.sharedCase(with: [wu], at: server)
        let texts = [
            "䶮、𠮷野家、㐂、𡈽、龘，全角ＡＢＣ与标点“”——……",
            "👨‍👩‍👧‍👦 现场 🏗️ 👍🏽 🇨🇳",
            "العربية עברית 2026 与中文",
            "e\u{301} ≠ é，a\u{308}，ก็，नमस्ते",
            "第一行\n第二行\t制表",
            String(repeating: "普", count: 4_999) + "湾",
        ]
        let ids = try texts.map { try zhou.log($0, in: caseId).recordId }
        try await zhou.sync()
        try await wu.sync()
        for (id, text) in zip(ids, texts) {
            let shown = try XCTUnwrap(wu.seen(id, in: caseId).fields.first { $0.name == "text" })
            XCTAssertEqual(Array(shown.textZh.utf8), Array(text.utf8), "byte for byte, not only canonically equal")
            XCTAssertEqual(shown.labelZh, "日志内容")
        }
        let served = try server.records(of: caseId).compactMap { ($0["fields"] as? [String: Any])?["text"] as? String }
        XCTAssertEqual(Set(served.map { Array($0.utf8) }), Set(texts.map { Array($0.utf8) }))

        let before = try zhou.engine.myRecords(caseId: caseId).count
        let long = try await refusal("field") { try zhou.log(String(repeating: "长", count: 5_001), in: caseId) }
        guard case .Invalid(_, let field, _, let zh, _) = long else { return XCTFail("\(long)") }
        XCTAssertEqual(field, "text")
        XCTAssertTrue(zh.contains("5000") || zh.contains("5,000"), zh)
        XCTAssertEqual(try zhou.engine.myRecords(caseId: caseId).count, before, "nothing was saved")
    }
}
