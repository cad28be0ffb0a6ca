import DaibanCore
import Foundation

/// What went wrong, as a screen shows it. Nothing recorded before is lost by any of these.
public struct Failure: Equatable, Sendable {
    /// What the app does next.
    public enum Next: Equatable, Sendable {
        /// Show the screen for enrolling.
        case enrol
        /// Let the person correct the named field, or what was typed.
        case correct(field: String?)
        /// Read the list again: it is not there any more.
        case readAgain
        /// Try again by itself after so many seconds.
        case retry(seconds: Int64)
        /// A person must put something right: the network's sign-in, the clock, the address.
        case putRight
        /// Only the office can help.
        case callOffice
        /// Offer the update.
        case updateApp
        /// Storage or key store: show the sentence; try again when the app is opened the next time.
        case checkDevice
        /// A defect: show the sentence and report the code.
        case report
    }

    /// Stable name.
    public let code: String
    /// For the person, with what to do next.
    public let zh: String
    /// For the developer and the log.
    public let en: String
    /// What the app does next.
    public let next: Next
    /// Everything in a form that does not fit, in the order of its fields.
    public let problems: [FieldProblem]

    /// Reads any error thrown by the engine or around it. A panic in the engine arrives as an error of the bindings' own.
    public init(_ error: Error) {
        guard let known = error as? EngineError else {
            code = error is CancellationError ? "cancelled" : "defect"
            zh = "应用内部出错，记录仍安全保存在本机；请重试，仍失败请把错误代码告知办公室。"
            en = String(describing: error)
            next = .report
            problems = []
            return
        }
        let told = known.told
        (code, zh, en, next) = (told.code, told.zh, told.en, told.next)
        if case .Invalid(_, _, let fields, _, _) = known { problems = fields } else { problems = [] }
    }
}

extension EngineError {
    /// Stable name.
    public var code: String { told.code }
    /// For the person, with what to do next.
    public var zh: String { told.zh }
    /// For the developer and the log.
    public var en: String { told.en }

    fileprivate var told: (code: String, zh: String, en: String, next: Failure.Next) {
        switch self {
        case .NotEnrolled(let code, let zh, let en): return (code, zh, en, .enrol)
        case .Invalid(let code, let field, _, let zh, let en): return (code, zh, en, .correct(field: field))
        case .NotFound(let code, let zh, let en): return (code, zh, en, .readAgain)
        case .Offline(let code, let seconds, let zh, let en): return (code, zh, en, .retry(seconds: seconds))
        case .Connection(let code, let zh, let en): return (code, zh, en, .putRight)
        case .Refused(let code, let zh, let en): return (code, zh, en, .callOffice)
        case .UpdateApp(let code, let zh, let en): return (code, zh, en, .updateApp)
        case .Storage(let code, let zh, let en), .Keys(let code, let zh, let en): return (code, zh, en, .checkDevice)
        case .Closed(let code, let zh, let en), .Internal(let code, let zh, let en): return (code, zh, en, .report)
        }
    }
}
