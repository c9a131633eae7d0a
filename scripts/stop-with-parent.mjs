// Loaded into the server before its own code. `npm start` may be killed outright; the server, in a process
// group of its own, would go on and keep the port.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
