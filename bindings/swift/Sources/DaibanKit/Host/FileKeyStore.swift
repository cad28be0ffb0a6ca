import DaibanCore
import Foundation

/// Keeps the engine's secrets in files that only their owner may read: for tests and for tools on a computer. An app on a phone uses
/// `KeychainKeyStore`.
public final class FileKeyStore: KeyStore {
    private let folder: URL

    /// - Parameter folder: is made if it is not there.
    public init(folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// The secret of a name; `nil` if none was ever kept.
    public func load(name: String) throws -> Data? {
        let file = folder.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            return try Data(contentsOf: file)
        } catch {
            throw KeyStoreError.Failed(reason: "\(error)")
        }
    }

    /// On the disk, whole, before this returns: written aside, synced, then renamed.
    public func save(name: String, secret: Data) throws {
        let file = folder.appendingPathComponent(name)
        let aside = folder.appendingPathComponent(name + ".part")
        guard FileManager.default.createFile(atPath: aside.path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw KeyStoreError.Failed(reason: "cannot create \(aside.lastPathComponent)")
        }
        do {
            let handle = try FileHandle(forWritingTo: aside)
            try handle.write(contentsOf: secret)
            try handle.synchronize()
            try handle.close()
        } catch {
            throw KeyStoreError.Failed(reason: "\(error)")
        }
        guard rename(aside.path, file.path) == 0 else {
            throw KeyStoreError.Failed(reason: "cannot rename: errno \(errno)")
        }
        let entry = open(folder.path, O_RDONLY)
        guard entry >= 0 else { throw KeyStoreError.Failed(reason: "cannot open the folder: errno \(errno)") }
        defer { close(entry) }
        guard fsync(entry) == 0 else { throw KeyStoreError.Failed(reason: "cannot sync the folder: errno \(errno)") }
    }
}
