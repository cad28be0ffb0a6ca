package cn.daiban.kit

import cn.daiban.core.EngineException
import cn.daiban.core.HttpRequest
import cn.daiban.core.KeyStoreException
import cn.daiban.core.TransportException
import cn.daiban.harness.SilentServer
import cn.daiban.harness.Stub
import cn.daiban.harness.within
import java.io.File
import java.io.IOException
import java.net.ConnectException
import java.net.SocketException
import java.net.SocketTimeoutException
import java.net.UnknownHostException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.cert.CertPathValidatorException
import java.security.cert.CertificateExpiredException
import javax.net.ssl.SSLException
import javax.net.ssl.SSLHandshakeException
import kotlin.time.Duration.Companion.seconds
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir

class KitTest {
    private fun request(url: String, timeoutMs: Long = 10_000) =
        HttpRequest("POST", "$url/v1/x", mapOf("content-type" to "text/plain"), "正文".toByteArray(), timeoutMs)

    @Test
    @DisplayName("UrlTransport gives whatever came back, of any status, and follows nothing")
    fun answersAsTheyAre() {
        for (status in listOf(200, 204, 302, 401, 404, 503)) {
            val body = if (status == 204) "" else "答复 $status"
            Stub(status, mapOf("X-Some-Name" to "1", "Location" to "http://127.0.0.1:9/"), body).use { stub ->
                val answer = within { UrlTransport().send(request(stub.url)) }
                assertEquals(status to body, answer.status to answer.body.decodeToString())
                assertEquals("1", answer.headers["x-some-name"])
                assertEquals(1, stub.requests)
            }
        }
    }

    @Test
    @DisplayName("UrlTransport keeps the request's time and hangs up behind itself")
    fun keepsTime(): Unit = SilentServer().use { silent ->
        assertThrows<TransportException.Timeout> { within { UrlTransport().send(request(silent.url, timeoutMs = 300)) } }
        val asked = silent.asked()
        assertEquals("POST /v1/x HTTP/1.1", asked)
        assertEquals(asked, silent.hungUp())
    }

    @Test
    @DisplayName("each failure has its reason")
    fun reasons() {
        val expired = CertPathValidatorException("x", null, null, -1, CertPathValidatorException.BasicReason.EXPIRED)
        for ((failure, wanted) in listOf(
            UnknownHostException("x") to TransportException.Offline::class,
            ConnectException("x") to TransportException.Offline::class,
            IOException("x") to TransportException.Offline::class,
            SSLException("x", SocketException("reset")) to TransportException.Broken::class,
            SocketTimeoutException("x") to TransportException.Timeout::class,
            SSLHandshakeException("x") to TransportException.Certificate::class,
            SSLHandshakeException("x").apply { initCause(CertificateExpiredException("x")) } to TransportException.CertificateTime::class,
            SSLHandshakeException("x").apply { initCause(expired) } to TransportException.CertificateTime::class,
        )) assertEquals(wanted, reason(failure)::class, "$failure")
    }

    @Test
    @DisplayName("FileKeyStore keeps what it was given, for its owner only")
    fun fileKeyStore(@TempDir folder: Path) {
        val keys = FileKeyStore(folder.resolve("deep/keys"))
        assertNull(keys.load("device"))
        for (secret in listOf(ByteArray(32) { 7 }, ByteArray(32) { 8 })) {
            keys.save("device", secret)
            assertArrayEquals(secret, FileKeyStore(folder.resolve("deep/keys")).load("device"))
        }
        val file = folder.resolve("deep/keys/device.key")
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        assertEquals(listOf("device.key"), File("$folder/deep/keys").list()!!.toList())

        Files.createDirectory(folder.resolve("deep/keys/at_rest.key"))
        assertThrows<KeyStoreException.Failed> { keys.load("at_rest") }
        Files.createFile(folder.resolve("file"))
        assertThrows<KeyStoreException.Failed> { FileKeyStore(folder.resolve("file")).save("device", ByteArray(32)) }
    }

    @Test
    @DisplayName("every error tells its code and its sentences")
    fun errors() {
        val all = listOf(
            EngineException.NotEnrolled("c", "中", "e"), EngineException.Invalid("c", null, emptyList(), "中", "e"),
            EngineException.NotFound("c", "中", "e"), EngineException.Offline("c", 30, "中", "e"),
            EngineException.Connection("c", "中", "e"), EngineException.Refused("c", "中", "e"),
            EngineException.UpdateApp("c", "中", "e"), EngineException.Storage("c", "中", "e"), EngineException.Keys("c", "中", "e"),
            EngineException.Closed("c", "中", "e"), EngineException.Internal("c", "中", "e"),
        )
        for (error in all) {
            assertEquals(listOf("c", "中", "e"), listOf(error.code, error.zh, error.en))
            assertEquals(if (error is EngineException.Offline) 30.seconds else null, error.retryIn)
            assertEquals("中 [c]", error.toString())
        }
    }
}
