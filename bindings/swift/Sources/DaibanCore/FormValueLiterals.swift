// Beside the generated file, because a conformance belongs into the module of its type.

/// Values of forms as literals: `["text": "现场踏勘", "minutes": 90, "items": [["title": "总平面图", "original": true]]]`. What can be written
/// may be a text, as people type it: `"1.2亿"`, `"2026年11月20日"`.
extension FormValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    public init(stringLiteral value: String) { self = .text(value: value) }
    public init(integerLiteral value: Int64) { self = .integer(value: value) }
    public init(booleanLiteral value: Bool) { self = .flag(value: value) }
}

extension FormValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(arrayLiteral elements: FormValue...) { self = .several(values: elements) }

    /// The last value of a name counts.
    public init(dictionaryLiteral elements: (String, FormValue)...) {
        self = .fields(values: Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
}
