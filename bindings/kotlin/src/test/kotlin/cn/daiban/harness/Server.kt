package cn.daiban.harness

import java.io.File
import java.io.IOException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit.MILLISECONDS
import kotlin.concurrent.thread

/** A real server on the loopback with a data folder of its own. */
class Server private constructor(val data: File, private val process: Process, val url: String) : AutoCloseable {
    /** `127.0.0.1:port`. */
    val address: String = url.removePrefix("http://")

    /** Ends it in order. */
    override fun close() {
        process.destroy()
        process.ended()
    }

    companion object {
        private val SERVING = Regex("serving at (http://\\S+)")

        /** Starts one and waits until it says that it serves. */
        fun start(data: File, listen: String = "127.0.0.1:0"): Server {
            val process = Daiban.process(data, "--listen", listen, "serve").redirectErrorStream(true).start()
            val url = CompletableFuture<String>()
            thread(isDaemon = true) {
                val said = StringBuilder()
                try {
                    process.inputStream.bufferedReader().forEachLine { line ->
                        if (!url.isDone) said.appendLine(line)
                        SERVING.find(line)?.let { url.complete(it.groupValues[1]) }
                    }
                } catch (_: IOException) {
                    // It was ended.
                }
                url.completeExceptionally(IllegalStateException("the server ended: $said"))
            }
            return try {
                Server(data, process, url.get(LIMIT.inWholeMilliseconds, MILLISECONDS))
            } catch (e: Exception) {
                process.destroyForcibly()
                throw e
            }
        }
    }
}
