import DaibanCore
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The network by `URLSession`: the system's proxies, VPN and trust. It sends each request once, follows no redirect (a redirect is
/// a network's sign-in page) and keeps nothing: no cookies, no cache.
public final class URLSessionTransport: Transport {
    /// An answer is a page of rows; far above what a server sends, far below what hurts a phone. Bytes.
    public static let answerBytesMax = 32 * 1024 * 1024

    /// How long nothing may come.
    private static let silenceSeconds: TimeInterval = 30
    /// A line that carries less is dead, bytes a second.
    private static let bytesPerSecondMin: TimeInterval = 200

    private let session: URLSession
    private let exchanges = Exchanges()

    /// - Parameter configuration: by default an ephemeral one without cookies and cache.
    public init(configuration: URLSessionConfiguration? = nil) {
        let plain = URLSessionConfiguration.ephemeral
        plain.httpCookieStorage = nil
        plain.httpShouldSetCookies = false
        plain.urlCache = nil
        plain.requestCachePolicy = .reloadIgnoringLocalCacheData
        session = URLSession(configuration: configuration ?? plain, delegate: exchanges, delegateQueue: nil)
    }

    deinit {
        // A session holds its delegate until it is told to let go.
        session.invalidateAndCancel()
    }

    /// Sends one request and waits for the whole answer, of any status. Throws a `TransportError` that says what a person can do.
    public func send(request: HttpRequest) async throws -> HttpResponse {
        guard let url = URL(string: request.url) else {
            throw TransportError.Offline(reason: "no address: \(request.url)")
        }
        var call = URLRequest(url: url)
        call.httpMethod = request.method
        call.httpBody = request.body
        for (name, value) in request.headers { call.setValue(value, forHTTPHeaderField: name) }
        let patience = TimeInterval(request.timeoutMs) / 1000
        // The system's timeout begins anew with every byte, and Linux cuts it to whole seconds; `Exchanges` keeps the whole time. What was
        // written may still lie in the system's buffers, so that a large request on a slow line looks silent.
        let silence = Self.silenceSeconds + TimeInterval(request.body.count) / Self.bytesPerSecondMin
        call.timeoutInterval = min(patience + 5, silence)
        return try await exchanges.run(session.dataTask(with: call), within: patience)
    }
}

/// What comes back for the tasks under way, each within its time: a server that dribbles must not hold a sync for ever.
private final class Exchanges: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private struct Exchange {
        let done: CheckedContinuation<HttpResponse, Error>
        var body = Data()
        var failure: TransportError?
    }

    private let lock = NSLock()
    private var underWay: [Int: Exchange] = [:]

    func run(_ task: URLSessionDataTask, within seconds: TimeInterval) async throws -> HttpResponse {
        let alarm = Task {
            try await Task.sleep(nanoseconds: UInt64(max(0, seconds) * 1_000_000_000))
            self.stop(task, because: .Timeout(reason: "no whole answer after \(seconds) s"))
        }
        defer { alarm.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                locked { underWay[task.taskIdentifier] = Exchange(done: continuation) }
                if Task.isCancelled { stop(task, because: .Cancelled) }
                task.resume()
            }
        } onCancel: {
            stop(task, because: .Cancelled)
        }
    }

    private func stop(_ task: URLSessionTask, because failure: TransportError) {
        locked { underWay[task.taskIdentifier]?.failure = failure }
        task.cancel()
    }

    private func locked<T>(_ work: () -> T) -> T {
        lock.lock()
        defer { lock.unlock() }
        return work()
    }

    // MARK: - URLSession

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let length = locked {
            underWay[dataTask.taskIdentifier]?.body.append(data)
            return underWay[dataTask.taskIdentifier]?.body.count ?? 0
        }
        if length > URLSessionTransport.answerBytesMax {
            stop(dataTask, because: .Offline(reason: "an answer of more than \(URLSessionTransport.answerBytesMax) bytes"))
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: Error?) {
        guard let exchange = locked({ underWay.removeValue(forKey: task.taskIdentifier) }) else { return }
        if let failure = exchange.failure {
            exchange.done.resume(throwing: failure)
        } else if let error {
            exchange.done.resume(throwing: TransportError.of(error))
        } else if let answer = task.response as? HTTPURLResponse {
            exchange.done.resume(returning: HttpResponse(of: answer, body: exchange.body))
        } else {
            exchange.done.resume(throwing: TransportError.Offline(reason: "no HTTP answer"))
        }
    }
}

extension HttpResponse {
    init(of answer: HTTPURLResponse, body: Data) {
        var headers: [String: String] = [:]
        for (name, value) in answer.allHeaderFields {
            if let name = name as? String, let value = value as? String { headers[name.lowercased()] = value }
        }
        self.init(status: Int32(answer.statusCode), headers: headers, body: body)
    }
}
