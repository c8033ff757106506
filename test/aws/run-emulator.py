"""MiniStack, put right where its permissions are not those of AWS (seen in 1.5.33).

It runs until standard input closes: it ends with whoever started it, also if that was killed.
"""

import json
import os
import signal
import threading

from ministack.core import iam_actions, iam_evaluator
from ministack.services import secretsmanager
from ministack.services.cloudformation import provisioners

resolve_condition_key = iam_evaluator._resolve_condition_key
extract_resource_arn = iam_actions.extract_resource_arn


def resolve_with_transport(key, context):
    # Our queues insist on TLS. No request to a queue counts as one here, whatever it came by.
    # This emulator listens on the loopback only, so we let all of them count.
    if key.lower() == "aws:securetransport":
        return "true"
    return resolve_condition_key(key, context)


def extract_with_group(service, method, path, headers, body, query_params, region, account_id):
    # Every schedule is taken for one of the default group.
    arn = extract_resource_arn(
        service, method, path, headers, body, query_params, region, account_id
    )
    group = group_of(body) if service == "scheduler" else None
    return arn.replace(":schedule/default/", f":schedule/{group}/") if group else arn


def group_of(body):
    try:
        return json.loads(body or b"{}").get("GroupName")
    except ValueError:
        return None


class SecretByArn:
    """A Ref to a secret gives its name here, and a policy with that allows nothing."""

    def __init__(self, handlers):
        self.by_name = dict(handlers)

    def create(self, logical_id, props, stack_name):
        _, attributes = self.by_name["create"](logical_id, props, stack_name)
        return attributes["Arn"], attributes

    def update(self, arn, old_props, new_props, stack_name, logical_id=None):
        _, attributes = self.by_name["update"](
            name_of(arn), old_props, new_props, stack_name, logical_id
        )
        return attributes["Arn"], attributes

    def delete(self, arn, props):
        self.by_name["delete"](name_of(arn), props)


def name_of(arn):
    name, _ = secretsmanager._resolve(arn)
    return name or arn


def end_with_input():
    # Not through sys.stdin: its lock would be held when the interpreter ends.
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


iam_evaluator._resolve_condition_key = resolve_with_transport
iam_actions.extract_resource_arn = extract_with_group
secret_handlers = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
by_arn = SecretByArn(secret_handlers)
secret_handlers.update(create=by_arn.create, update=by_arn.update, delete=by_arn.delete)

# Only now: what is loaded from here on sees the corrections.
from ministack.app import main  # noqa: E402

threading.Thread(target=end_with_input, daemon=True).start()
main()
