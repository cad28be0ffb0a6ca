package cn.daiban.kit

import cn.daiban.core.HttpRequest
import cn.daiban.core.HttpResponse
import cn.daiban.core.Transport
import cn.daiban.core.TransportException
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.InputStream
import java.net.HttpURLConnection
import java.net.URI
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.SSLSocketFactory
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull

/** The longest answer that is read. The server's pages stay below 2 MiB; more than this is not Daiban's. */
private const val ANSWER_BYTES_MAX = 16 * 1024 * 1024

/** How long nothing may come. What was written may still lie in the system's buffers, so that a large request on a slow line looks silent. */
private const val SILENCE_MS = 30_000

/** A line that carries less is dead. */
private const val BYTES_PER_SECOND_MIN = 200

/**
 * The network by `HttpURLConnection`, which both the JVM and Android have. Nothing is followed or answered on its own: a redirect
 * is a sign-in page, and the engine says so. A cancelled call returns at once and its connection is closed behind it.
 *
 * ```kotlin
 * val transport = UrlTransport()                                  // the system's certificates
 * val ours = UrlTransport(sslContextOfTheDistrict.socketFactory)  // a certificate authority of one's own, national algorithms
 * ```
 *
 * @param socketFactory makes the secure connections; absent = the system's
 */
public class UrlTransport(private val socketFactory: SSLSocketFactory? = null) : Transport {
    override suspend fun send(request: HttpRequest): HttpResponse =
        withTimeoutOrNull(request.timeoutMs) { exchange(request) }
            ?: throw TransportException.Timeout("no answer within ${request.timeoutMs} ms")

    private suspend fun exchange(request: HttpRequest): HttpResponse {
        val connection = try {
            connection(request)
        } catch (e: IOException) {
            throw reason(e)
        }
        return suspendCancellableCoroutine { continuation ->
            val threads = Dispatchers.IO.asExecutor()
            // Closing may wait for the reader, and whoever cancels must not.
            continuation.invokeOnCancellation { threads.execute(connection::disconnect) }
            threads.execute {
                try {
                    continuation.resume(ask(connection, request.body))
                } catch (e: IOException) {
                    continuation.resumeWithException(reason(e))
                } catch (e: RuntimeException) {
                    continuation.resumeWithException(e)
                }
            }
        }
    }

    private fun connection(request: HttpRequest): HttpURLConnection {
        val connection = URI(request.url).toURL().openConnection() as HttpURLConnection
        if (connection is HttpsURLConnection && socketFactory != null) connection.sslSocketFactory = socketFactory
        val limit = request.timeoutMs.coerceIn(1, Int.MAX_VALUE.toLong()).toInt()
        val silence = SILENCE_MS + request.body.size * 1000L / BYTES_PER_SECOND_MIN
        return connection.apply {
            requestMethod = request.method
            connectTimeout = limit.coerceAtMost(SILENCE_MS)
            readTimeout = silence.coerceIn(1, limit.toLong()).toInt()
            instanceFollowRedirects = false
            useCaches = false
            doOutput = true
            request.headers.forEach { (name, value) -> setRequestProperty(name, value) }
        }
    }

    private fun ask(connection: HttpURLConnection, body: ByteArray): HttpResponse {
        connection.outputStream.use { it.write(body) }
        val status = connection.responseCode
        val answer = if (status >= 400) connection.errorStream else connection.inputStream
        val headers = connection.headerFields.entries
            .filter { (name, values) -> name != null && values.isNotEmpty() }
            .associate { (name, values) -> name.lowercase() to values.last() }
        return HttpResponse(status, headers, answer?.use(::read) ?: ByteArray(0))
    }

    private fun read(answer: InputStream): ByteArray {
        val body = ByteArrayOutputStream()
        val piece = ByteArray(16 * 1024)
        while (true) {
            val length = answer.read(piece)
            if (length < 0) return body.toByteArray()
            body.write(piece, 0, length)
            if (body.size() > ANSWER_BYTES_MAX) throw IOException("the answer is longer than $ANSWER_BYTES_MAX bytes")
        }
    }
}
