// Records in a loop and says each id before and after, until it is killed: `daiban-kill-probe FOLDER CASE`.
import DaibanCore
import DaibanKit
import Foundation

let words = CommandLine.arguments
guard words.count == 3 else { fatalError("daiban-kill-probe FOLDER CASE") }
let folder = URL(fileURLWithPath: words[1])
let keys = try FileKeyStore(folder: folder.appendingPathComponent("keys"))
let settings = EngineSettings(dataDir: folder.appendingPathComponent("data").path)
let engine = try Engine.open(
    settings: settings, keyStore: keys, transport: URLSessionTransport(), clock: SystemClock(), log: nil)

func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

for number in 1... {
    let id = try engine.newRecordId()
    say("begin \(id) \(number)")
    try engine.recordLog(caseId: words[2], text: "第\(number)次到窗口", channel: "window", recordId: id)
    say("done \(id)")
}
