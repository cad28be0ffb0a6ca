#if canImport(Security)
import DaibanCore
import Foundation
import Security

/// Keeps the engine's secrets in the Keychain: readable after the first unlock (so that a background sync after a restart of the
/// phone can open the data), on this device only, never in iCloud or a backup.
///
/// An iPhone keeps Keychain items when an app is removed. A phone that changes hands is revoked by the office, not by removing the app.
public final class KeychainKeyStore: KeyStore {
    private let service: String
    private let accessGroup: String?

    /// - Parameters:
    ///   - service: sets this app's secrets apart from others'.
    ///   - accessGroup: the shared group, if an extension opens the same data.
    public init(service: String = "cn.daiban.core", accessGroup: String? = nil) {
        self.service = service
        self.accessGroup = accessGroup
    }

    /// The secret of a name; `nil` if none was ever kept. Throws `KeyStoreError.Locked` before the first unlock.
    public func load(name: String) throws -> Data? {
        var query = item(name)
        query[kSecReturnData] = true
        query[kSecMatchLimit] = kSecMatchLimitOne
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        if status == errSecItemNotFound { return nil }
        try check(status)
        return found as? Data
    }

    /// Keeps a secret, in place of an older one of the same name.
    public func save(name: String, secret: Data) throws {
        let value: [CFString: Any] = [
            kSecValueData: secret,
            kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
        ]
        var status = SecItemAdd(item(name).merging(value) { _, new in new } as CFDictionary, nil)
        if status == errSecDuplicateItem {
            status = SecItemUpdate(item(name) as CFDictionary, value as CFDictionary)
        }
        try check(status)
    }

    private func item(_ name: String) -> [CFString: Any] {
        var query: [CFString: Any] = [
            kSecClass: kSecClassGenericPassword,
            kSecAttrService: service,
            kSecAttrAccount: name,
            kSecAttrSynchronizable: false,
            // On a Mac, the Keychain that iOS has.
            kSecUseDataProtectionKeychain: true,
        ]
        if let accessGroup { query[kSecAttrAccessGroup] = accessGroup }
        return query
    }

    private func check(_ status: OSStatus) throws {
        guard status != errSecSuccess else { return }
        let reason = "Keychain status \(status)"
        switch status {
        case errSecInteractionNotAllowed, errSecNotAvailable: throw KeyStoreError.Locked(reason: reason)
        default: throw KeyStoreError.Failed(reason: reason)
        }
    }
}
#endif
