// What DaibanKit uses of Apple's Combine, declared as Apple documents it, so that the code behind `#if canImport(Combine)` can be
// type-checked on Linux (swift-test.sh). It proves types against these lines, not that an app runs.

public final class ObservableObjectPublisher {
    public init() {}
    public func send() {}
}

public protocol ObservableObject: AnyObject {
    associatedtype ObjectWillChangePublisher = ObservableObjectPublisher
    var objectWillChange: ObjectWillChangePublisher { get }
}
