import DaibanCore
import Foundation

/// The device's clock.
public final class SystemClock: Clock {
    /// A clock; it has no state.
    public init() {}

    /// Now.
    public func now() throws -> Date { Date() }
}
