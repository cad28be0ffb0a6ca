package cn.daiban.harness

import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.util.concurrent.LinkedBlockingQueue
import kotlin.concurrent.thread

/** Accepts connections, reads what comes and never says a word. */
class SilentServer : AutoCloseable {
    private val socket = ServerSocket(0, 50, InetAddress.getLoopbackAddress())
    private val heard = LinkedBlockingQueue<String>()
    private val ended = LinkedBlockingQueue<String>()

    /** Its address. */
    val url: String = "http://127.0.0.1:${socket.localPort}"

    init {
        thread(isDaemon = true) {
            try {
                while (true) listen(socket.accept())
            } catch (_: IOException) {
                // It was closed.
            }
        }
    }

    private fun listen(caller: java.net.Socket) = thread(isDaemon = true) {
        val first = caller.use {
            val lines = it.getInputStream().bufferedReader()
            val first = lines.readLine().orEmpty()
            heard.add(first)
            try {
                while (lines.read() >= 0) Unit
            } catch (_: IOException) {
                // Cut off, which is an end as well.
            }
            first
        }
        ended.add(first)
    }

    /** Waits for a request. */
    fun asked(): String = heard.next()

    /** Waits until whoever asked has closed the connection. */
    fun hungUp(): String = ended.next()

    override fun close() {
        socket.close()
    }
}
