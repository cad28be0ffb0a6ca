import Foundation

/// A very small HTTP server that answers as it is told: it stands in for what a phone meets on the way.
final class FakeServer: @unchecked Sendable {
    /// What it does with a request.
    enum Answer {
        /// Status line, headers, body.
        case http(String, [String: String], Data)
        /// Never answers.
        case hang
        /// Closes at once.
        case drop
        /// Sends the body this many bytes at a time, one second apart.
        case dribble(Data)
    }

    /// The path of a request, and its body.
    typealias Handler = @Sendable (String, Data) -> Answer

    let url: String
    private let listener: Int32
    private let handler: Handler
    private let lock = NSLock()
    private var open: [Int32] = []
    private var heard = 0

    /// Requests that were read whole.
    var requests: Int { lock.withLock { heard } }

    init(_ handler: @escaping Handler) throws {
        self.handler = handler
        #if os(Linux)
        let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let made = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        listener = made
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(made, generic, size) == 0 && listen(made, 16) == 0 && getsockname(made, generic, &size) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        Thread.detachNewThread { [self] in accept() }
    }

    /// Closes everything; what waits gets no answer.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        lock.withLock {
            open.forEach { close($0) }
            open = []
        }
    }

    private func accept() {
        while true {
            #if os(Linux)
            let line = Glibc.accept(listener, nil, nil)
            #else
            let line = Darwin.accept(listener, nil, nil)
            #endif
            guard line >= 0 else { return }
            Thread.detachNewThread { [self] in serve(line) }
        }
    }

    private func serve(_ line: Int32) {
        guard let (path, body) = read(line) else { close(line); return }
        lock.withLock { heard += 1 }
        switch handler(path, body) {
        case .hang:
            lock.withLock { open.append(line) }
        case .drop:
            close(line)
        case .http(let status, let headers, let body):
            send(line, head(status, headers, body.count) + body)
            close(line)
        case .dribble(let body):
            var rest = head("200 OK", ["content-type": "application/cbor"], body.count) + body
            while !rest.isEmpty, send(line, rest.prefix(100)) {
                rest = rest.dropFirst(100)
                sleep(1)
            }
            close(line)
        }
    }

    private func head(_ status: String, _ headers: [String: String], _ length: Int) -> Data {
        let lines = headers.map { "\($0): \($1)\r\n" }.joined()
        return Data("HTTP/1.1 \(status)\r\n\(lines)content-length: \(length)\r\nconnection: close\r\n\r\n".utf8)
    }

    @discardableResult
    private func send(_ line: Int32, _ bytes: Data) -> Bool {
        #if os(Linux)
        let quiet = Int32(MSG_NOSIGNAL)
        #else
        let quiet: Int32 = 0
        #endif
        var rest = Data(bytes)
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.send(line, $0.baseAddress, $0.count, quiet) }
            guard written > 0 else { return false }
            rest = rest.dropFirst(written)
        }
        return true
    }

    /// The path and the whole body of one request.
    private func read(_ line: Int32) -> (String, Data)? {
        var bytes = Data()
        while true {
            if let end = bytes.range(of: Data("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                let length = head.lowercased().components(separatedBy: "content-length:").dropFirst().first
                    .flatMap { Int($0.prefix { $0 != "\r" && $0 != "\n" }.trimmingCharacters(in: .whitespaces)) } ?? 0
                if bytes.count - end.upperBound >= length {
                    return (head.split(separator: " ").dropFirst().first.map(String.init) ?? "", bytes[end.upperBound...])
                }
            }
            var part = [UInt8](repeating: 0, count: 65_536)
            let got = recv(line, &part, part.count, 0)
            guard got > 0 else { return nil }
            bytes.append(contentsOf: part[..<got])
        }
    }
}
