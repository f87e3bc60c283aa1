"""files.*: what the bot knows of files and how it shares one in three steps."""

from bot.playground.chat_methods import Method, find_channel, written
from bot.playground.refused import Refused
from bot.playground.workspace import BOT_USER_ID, TEAM_ID, Json
from bot.playground.world import World


async def files_info(world: World, args: Json) -> Json:
    """files.info."""
    file = world.workspace.files.get(str(args.get("file", "")))
    if file is None:
        raise Refused("file_not_found")
    return {"file": file}


async def upload_url(world: World, args: Json) -> Json:
    """files.getUploadURLExternal: where to send the bytes of a new file."""
    if not args.get("filename") or not str(args.get("length", "")).isdigit():
        raise Refused("invalid_arguments")
    file_id = world.workspace.new_id("F")
    world.uploads[file_id] = new_file(world, file_id, str(args["filename"]), BOT_USER_ID, int(args["length"]))
    return {"upload_url": f"{world.base}/upload/{file_id}", "file_id": file_id}


async def complete_upload(world: World, args: Json) -> Json:
    """files.completeUploadExternal: share the files sent."""
    files = []
    for wanted in args.get("files") or []:
        file = world.uploads.pop(wanted.get("id", ""), None)
        if file is None or file["id"] not in world.contents:
            raise Refused("file_not_found")
        files.append(file | {"title": wanted.get("title") or file["name"]})
        world.workspace.files[file["id"]] = files[-1]
    if args.get("channel_id"):
        channel = find_channel(world, args, to_write=True)
        content: Json = {"text": args.get("initial_comment") or "", "blocks": [], "attachments": [], "files": files}
        written(world, channel, content, args.get("thread_ts") or None, None)
    return {"files": files}


def new_file(world: World, file_id: str, name: str, user: str, size: int) -> Json:
    """Return the file object of a file that somebody is about to share."""
    address = f"{world.base}/files-pri/{TEAM_ID}-{file_id}"
    return {"id": file_id, "name": name, "title": name, "user": user, "size": size, "mode": "hosted",
            "filetype": name.rpartition(".")[2], "is_external": False, "url_private": f"{address}/{name}",
            "url_private_download": f"{address}/download/{name}"}  # fmt: skip


METHODS: dict[str, Method] = {
    "files.info": files_info,
    "files.getUploadURLExternal": upload_url,
    "files.completeUploadExternal": complete_upload,
}
