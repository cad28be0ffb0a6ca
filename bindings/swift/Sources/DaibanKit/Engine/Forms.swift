import DaibanCore

extension FormValue {
    /// Words, or whatever can be written.
    public init(_ text: String) { self = .text(value: text) }
    /// A whole number.
    public init(_ number: Int) { self = .integer(value: Int64(number)) }
    /// Yes or no.
    public init(_ flag: Bool) { self = .flag(value: flag) }
    /// Several texts.
    public init(_ texts: [String]) { self = .several(values: texts.map { FormValue($0) }) }

    /// The words that stand in it, or a number as words; `nil` for anything else.
    public var words: String? {
        switch self {
        case .text(let value): return value
        case .integer(let value): return String(value)
        case .flag, .several, .fields: return nil
        }
    }
}

extension RecordForm {
    /// What stands in it, by field name: what the phone knows, or what the record says that is corrected.
    public var filled: [String: FormValue] {
        Dictionary(uniqueKeysWithValues: fields.compactMap { field in field.value.map { (field.name, $0) } })
    }
}
