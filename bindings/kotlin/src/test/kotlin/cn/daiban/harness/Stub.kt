package cn.daiban.harness

import com.sun.net.httpserver.HttpServer
import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.util.concurrent.atomic.AtomicInteger
import javax.net.ssl.SSLContext

/** Some other HTTP server, which gives everybody the same answer. */
class Stub(status: Int, headers: Map<String, String>, body: String = "", tls: SSLContext? = null) : AutoCloseable {
    private val asked = AtomicInteger()
    private val server: HttpServer = run {
        val address = InetSocketAddress(InetAddress.getLoopbackAddress(), 0)
        if (tls == null) HttpServer.create(address, 0)
        else HttpsServer.create(address, 0).apply { httpsConfigurator = HttpsConfigurator(tls) }
    }

    /** Its address. */
    val url: String = "${if (tls == null) "http" else "https"}://127.0.0.1:${server.address.port}"

    /** How many requests came. */
    val requests: Int get() = asked.get()

    init {
        server.createContext("/") { call ->
            asked.incrementAndGet()
            call.requestBody.readBytes()
            headers.forEach { (name, value) -> call.responseHeaders.set(name, value) }
            val bytes = body.toByteArray()
            call.sendResponseHeaders(status, if (bytes.isEmpty()) -1 else bytes.size.toLong())
            call.responseBody.use { it.write(bytes) }
        }
        server.start()
    }

    override fun close() {
        server.stop(0)
    }

    companion object {
        /** A page. */
        fun html(status: Int, body: String): Stub = Stub(status, mapOf("content-type" to "text/html; charset=utf-8"), body)

        /** A service of somebody else's. */
        fun json(status: Int, body: String): Stub = Stub(status, mapOf("content-type" to "application/json"), body)
    }
}
