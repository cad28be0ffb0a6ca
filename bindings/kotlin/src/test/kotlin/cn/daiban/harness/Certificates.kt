package cn.daiban.harness

import java.io.File
import java.nio.file.Files
import java.security.KeyStore
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLSocketFactory
import javax.net.ssl.TrustManagerFactory

private const val PASSWORD = "password"

/** A certificate authority that no system trusts. */
class Certificates : AutoCloseable {
    private val folder: File = Files.createTempDirectory("daiban-certificates").toFile()
    private val store = File(folder, "store.p12")
    private var made = 0

    init {
        keytool("-genkeypair", "-alias", "authority", "-dname", "CN=District", "-ext", "bc:c", "-startdate", "-60d", "-validity", "365")
    }

    /** A server for 127.0.0.1 whose certificate begins so many days from now. */
    fun server(startDays: Int, days: Int): SSLContext {
        val alias = "server-${++made}"
        val start = "%+dd".format(startDays)
        keytool(
            "-genkeypair", "-alias", alias, "-signer", "authority", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1",
            "-startdate", start, "-validity", "$days",
        )
        val all = load()
        val own = KeyStore.getInstance("PKCS12").apply {
            load(null, null)
            setKeyEntry(alias, all.getKey(alias, PASSWORD.toCharArray()), PASSWORD.toCharArray(), all.getCertificateChain(alias))
        }
        val keys = KeyManagerFactory.getInstance("PKIX").apply { init(own, PASSWORD.toCharArray()) }
        return SSLContext.getInstance("TLS").apply { init(keys.keyManagers, null, null) }
    }

    /** Connections that trust this authority. */
    fun trusting(): SSLSocketFactory {
        val anchors = KeyStore.getInstance("PKCS12").apply {
            load(null, null)
            setCertificateEntry("authority", load().getCertificate("authority"))
        }
        val trust = TrustManagerFactory.getInstance("PKIX").apply { init(anchors) }
        return SSLContext.getInstance("TLS").apply { init(null, trust.trustManagers, null) }.socketFactory
    }

    private fun load(): KeyStore = store.inputStream().use { file ->
        KeyStore.getInstance("PKCS12").apply { load(file, PASSWORD.toCharArray()) }
    }

    private fun keytool(vararg words: String) {
        val tool = File(System.getProperty("java.home"), "bin/keytool").path
        val command = listOf(tool) + words + listOf("-keyalg", "EC", "-storetype", "PKCS12", "-keystore", store.path, "-storepass", PASSWORD)
        val process = ProcessBuilder(command).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        check(process.ended() == 0) { said }
    }

    override fun close() {
        folder.deleteRecursively()
    }
}
