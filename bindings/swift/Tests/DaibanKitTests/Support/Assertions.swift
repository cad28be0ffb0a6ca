import DaibanCore
import DaibanKit
import XCTest

/// Something that should have been there was not; the failure is recorded already.
struct Missing: Error {}

/// The `EngineError` that `work` throws; anything else fails the test.
func refusal<T>(
    _ code: String, _ work: () async throws -> T, file: StaticString = #filePath, line: UInt = #line
) async throws -> EngineError {
    do {
        let value = try await work()
        XCTFail("went well: \(value)", file: file, line: line)
    } catch let error as EngineError {
        XCTAssertEqual(error.code, code, "\(error)", file: file, line: line)
        assertChinese(error.zh, file: file, line: line)
        XCTAssertFalse(error.en.isEmpty, file: file, line: line)
        return error
    } catch {
        XCTFail("another error: \(error)", file: file, line: line)
    }
    throw Missing()
}

/// A sentence for a person is Chinese and says something.
func assertChinese(_ text: String, file: StaticString = #filePath, line: UInt = #line) {
    let chinese = text.unicodeScalars.filter { (0x4E00...0x9FFF).contains($0.value) }.count
    XCTAssertGreaterThan(chinese, 4, "not a sentence in Chinese: \(text)", file: file, line: line)
}

/// Waits until something holds; fails after so many seconds.
@MainActor
func eventually(
    _ what: String, within seconds: TimeInterval = 10, file: StaticString = #filePath, line: UInt = #line,
    _ holds: () throws -> Bool
) async throws {
    let until = Date().addingTimeInterval(seconds)
    while try !holds() {
        guard Date() < until else {
            XCTFail("did not happen within \(seconds) s: \(what)", file: file, line: line)
            throw Missing()
        }
        try await Task.sleep(nanoseconds: 5_000_000)
    }
}
