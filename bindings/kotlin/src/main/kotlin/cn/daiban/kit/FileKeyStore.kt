package cn.daiban.kit

import cn.daiban.core.KeyStore
import cn.daiban.core.KeyStoreException
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardOpenOption.CREATE_NEW
import java.nio.file.StandardOpenOption.READ
import java.nio.file.StandardOpenOption.WRITE
import java.nio.file.attribute.FileAttribute
import java.nio.file.attribute.PosixFilePermissions

/**
 * Keeps the two secrets as files that only their owner may read: for desktops and tests, where the account is the protection.
 *
 * Not for phones: on Android wrap the secrets with a key of the Android Keystore; `bindings/kotlin/README.md` shows how. Never
 * put the folder into a backup or beside the engine's data.
 *
 * ```kotlin
 * val keys = FileKeyStore(Path.of(System.getProperty("user.home"), ".config", "daiban", "keys"))
 * ```
 */
public class FileKeyStore(private val folder: Path) : KeyStore {
    override fun load(name: String): ByteArray? = guarded {
        try {
            Files.readAllBytes(file(name))
        } catch (_: NoSuchFileException) {
            null
        }
    }

    /** Durable, or not there at all, when it returns. */
    override fun save(name: String, secret: ByteArray): Unit = guarded {
        Files.createDirectories(folder)
        val fresh = folder.resolve("$name.new")
        Files.deleteIfExists(fresh)
        FileChannel.open(fresh, setOf(CREATE_NEW, WRITE), *ownerOnly()).use { channel ->
            val bytes = ByteBuffer.wrap(secret)
            while (bytes.hasRemaining()) channel.write(bytes)
            channel.force(true)
        }
        Files.move(fresh, file(name), ATOMIC_MOVE)
        syncFolder()
    }

    private fun file(name: String): Path = folder.resolve("$name.key")

    private fun ownerOnly(): Array<FileAttribute<*>> {
        val posix = Files.getFileStore(folder).supportsFileAttributeView("posix")
        return if (posix) arrayOf(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))) else arrayOf()
    }

    private fun syncFolder() {
        try {
            FileChannel.open(folder, READ).use { it.force(true) }
        } catch (_: IOException) {
            // Windows opens no folders; there the move itself is journalled.
        }
    }

    private fun <T> guarded(work: () -> T): T = try {
        work()
    } catch (e: IOException) {
        throw KeyStoreException.Failed(e.toString())
    }
}
