-- A database as the version of migration 0006 left it, by its own migrations and functions: written down by pg_dump --inserts
-- (PostgreSQL 15) and not to be changed. The rows are those of ROWS in tests/faults/test_upgrade.py; all of them are made up.
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA access;
ALTER SCHEMA access OWNER TO diming_owner;
CREATE SCHEMA audit;
ALTER SCHEMA audit OWNER TO diming_owner;
CREATE SCHEMA jobs;
ALTER SCHEMA jobs OWNER TO diming_owner;
CREATE SCHEMA published;
ALTER SCHEMA published OWNER TO diming_owner;
CREATE SCHEMA register;
ALTER SCHEMA register OWNER TO diming_owner;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;
CREATE TYPE jobs.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
ALTER TYPE jobs.procrastinate_job_event_type OWNER TO diming_owner;
CREATE TYPE jobs.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
ALTER TYPE jobs.procrastinate_job_status OWNER TO diming_owner;
CREATE TYPE jobs.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
ALTER TYPE jobs.procrastinate_job_to_defer_v1 OWNER TO diming_owner;
CREATE FUNCTION audit.append(operation text, table_name text, key jsonb, old_values jsonb, new_values jsonb, row_count bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
  INSERT INTO audit.entry (actor, action, request_id, act_id, operation, table_name, key, old_values, new_values,
                           row_count, detail)
  VALUES (
    coalesce(nullif(current_setting('diming.actor', true), ''), 'db:' || session_user),
    coalesce(nullif(current_setting('diming.action', true), ''), 'sql'),
    coalesce(current_setting('diming.request', true), ''),
    nullif(current_setting('diming.act', true), '')::uuid,
    operation, table_name, key, old_values, new_values, row_count,
    nullif(nullif(current_setting('diming.detail', true), ''), '{}')::jsonb
  )
$$;
ALTER FUNCTION audit.append(operation text, table_name text, key jsonb, old_values jsonb, new_values jsonb, row_count bigint) OWNER TO diming_owner;
CREATE FUNCTION audit.current_act() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL RESTRICTED
    AS $$
  SELECT nullif(current_setting('diming.act', true), '')::uuid
$$;
ALTER FUNCTION audit.current_act() OWNER TO diming_owner;
CREATE FUNCTION audit.keep_history() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $_$
DECLARE
  columns text;
BEGIN
  IF TG_OP = 'DELETE' OR NEW.valid_from > coalesce(OLD.valid_from, '-infinity') THEN
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns
    FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped;
    OLD.valid_to := least(OLD.valid_to, CASE WHEN TG_OP = 'DELETE' THEN current_date ELSE NEW.valid_from END);
    EXECUTE format(
      'INSERT INTO %I.%I (%s, superseded_act) SELECT %s, $2 FROM (SELECT ($1).*) AS superseded',
      TG_TABLE_SCHEMA, TG_TABLE_NAME || '_history', columns, columns
    ) USING OLD, audit.current_act();
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  NEW.act_id := coalesce(audit.current_act(), NEW.act_id);
  NEW.updated_at := now();
  RETURN NEW;
END
$_$;
ALTER FUNCTION audit.keep_history() OWNER TO diming_owner;
CREATE FUNCTION audit.record() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
DECLARE
  key_columns text[] := string_to_array(TG_ARGV[0], ',');
  hidden text[] := string_to_array(TG_ARGV[1], ',');
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  whole jsonb := coalesce(after, before);
  key jsonb;
  gone jsonb;
  come jsonb;
BEGIN
  SELECT jsonb_object_agg(k, whole -> k) INTO key
  FROM unnest(key_columns || CASE WHEN whole ? 'code' THEN ARRAY['code'] ELSE '{}' END) AS k;
  SELECT jsonb_object_agg(k, CASE WHEN k = ANY (hidden) THEN '"***"' ELSE before -> k END),
         jsonb_object_agg(k, CASE WHEN k = ANY (hidden) THEN '"***"' ELSE after -> k END)
    INTO gone, come
  FROM jsonb_object_keys(whole) AS k
  WHERE TG_OP <> 'UPDATE' OR (before -> k) IS DISTINCT FROM (after -> k);
  -- An update that changes nothing is no act.
  IF come IS NOT NULL OR gone IS NOT NULL THEN
    PERFORM audit.append(lower(TG_OP), TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, key,
      CASE WHEN before IS NOT NULL THEN gone END, CASE WHEN after IS NOT NULL THEN come END, 1);
  END IF;
  RETURN NULL;
END
$$;
ALTER FUNCTION audit.record() OWNER TO diming_owner;
CREATE FUNCTION audit.record_bulk() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
  touched bigint;
BEGIN
  SELECT count(*) INTO touched FROM touched_rows;
  IF touched > 0 THEN
    PERFORM audit.append(lower(TG_OP), TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, NULL, NULL, NULL, touched);
  END IF;
  RETURN NULL;
END
$$;
ALTER FUNCTION audit.record_bulk() OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
ALTER FUNCTION jobs.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_defer_jobs_v1(jobs jobs.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;
    RETURN job_ids;
END;
$$;
ALTER FUNCTION jobs.procrastinate_defer_jobs_v1(jobs jobs.procrastinate_job_to_defer_v1[]) OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;
    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;
    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;
    RETURN _job_id;
END;
$$;
ALTER FUNCTION jobs.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) OWNER TO diming_owner;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE jobs.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    lock text,
    queueing_lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status jobs.procrastinate_job_status DEFAULT 'todo'::jobs.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::jobs.procrastinate_job_status) AND (abort_requested = true))))
);
ALTER TABLE jobs.procrastinate_jobs OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS jobs.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;
 RETURN found_jobs;
END;
$$;
ALTER FUNCTION jobs.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_finish_job_v1(job_id bigint, end_status jobs.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
ALTER FUNCTION jobs.procrastinate_finish_job_v1(job_id bigint, end_status jobs.procrastinate_job_status, delete_job boolean) OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
ALTER FUNCTION jobs.procrastinate_notify_queue_abort_job_v1() OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
ALTER FUNCTION jobs.procrastinate_notify_queue_job_inserted_v1() OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
ALTER FUNCTION jobs.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
ALTER FUNCTION jobs.procrastinate_register_worker_v1() OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
ALTER FUNCTION jobs.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;
END;
$$;
ALTER FUNCTION jobs.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
ALTER FUNCTION jobs.procrastinate_trigger_abort_requested_events_procedure_v1() OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
	RETURN NEW;
END;
$$;
ALTER FUNCTION jobs.procrastinate_trigger_function_scheduled_events_v1() OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
ALTER FUNCTION jobs.procrastinate_trigger_function_status_events_insert_v1() OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
ALTER FUNCTION jobs.procrastinate_trigger_function_status_events_update_v1() OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
ALTER FUNCTION jobs.procrastinate_unlink_periodic_defers_v1() OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
ALTER FUNCTION jobs.procrastinate_unregister_worker_v1(worker_id bigint) OWNER TO diming_owner;
CREATE FUNCTION jobs.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
ALTER FUNCTION jobs.procrastinate_update_heartbeat_v1(worker_id bigint) OWNER TO diming_owner;
CREATE FUNCTION published.data_version() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'register', 'pg_temp'
    AS $$
  SELECT register.data_version()
$$;
ALTER FUNCTION published.data_version() OWNER TO diming_owner;
CREATE FUNCTION published.rough(shape public.geometry, grid_m double precision) RETURNS public.geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT ST_SnapToGrid(shape, s.lon / 2, s.lat / 2, s.lon, s.lat)
  FROM (
    -- A degree measures at least 110,574 m to the north, and to the east 111,319 m times the cosine of its latitude;
    -- one width for a whole degree of latitude, by its northern edge, is never too narrow.
    SELECT grid_m / 110574 AS lat,
           grid_m / (111319 * cos(radians(least(89, ceil(ST_YMax(shape)))))) AS lon
  ) s
$$;
ALTER FUNCTION published.rough(shape public.geometry, grid_m double precision) OWNER TO diming_owner;
CREATE FUNCTION published.rough_grid_m() RETURNS double precision
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT greatest(100, coalesce(nullif(current_setting('diming.rough_grid_m', true), '')::double precision, 100))
$$;
ALTER FUNCTION published.rough_grid_m() OWNER TO diming_owner;
CREATE FUNCTION published.tile_base(z integer, x integer, y integer) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  WITH tile AS (
    SELECT ST_TileEnvelope(z, x, y) AS frame,
           ST_Transform(ST_TileEnvelope(z, x, y, margin => 0.03125), 4490) AS around
  ), area AS (
    SELECT d.code, d.name, d.level, ST_AsMVTGeom(ST_Transform(d.geom, 3857), t.frame, 4096, 128) AS geom
    FROM tile t JOIN published.division_area d ON d.geom && t.around
    WHERE d.level <= CASE WHEN z < 10 THEN 3 WHEN z < 13 THEN 4 ELSE 5 END
  ), area_name AS (
    SELECT d.code, d.name, d.level,
           ST_AsMVTGeom(ST_Transform(ST_PointOnSurface(d.geom), 3857), t.frame, 4096, 128) AS geom
    FROM tile t JOIN published.division_area d ON d.geom && t.around
    WHERE d.level <= CASE WHEN z < 10 THEN 3 WHEN z < 13 THEN 4 ELSE 5 END
  ), road AS (
    SELECT r.road AS code, r.name, r.road_class AS class,
           ST_AsMVTGeom(ST_Transform(r.geom, 3857), t.frame, 4096, 64) AS geom
    FROM tile t JOIN published.road_segment r ON r.geom && t.around
    WHERE z >= 13 OR (z >= 10 AND r.road_class IN ('快速路', '主干道', '次干道'))
  ), door AS (
    SELECT p.code, p.number || CASE WHEN p.sub = '' THEN '' ELSE '-' || p.sub END AS number, p.handle_name AS street,
           ST_AsMVTGeom(ST_Transform(p.geom, 3857), t.frame, 4096, 64) AS geom
    FROM tile t JOIN published.address_point p ON p.geom && t.around
    WHERE z >= 16
  )
  SELECT coalesce((SELECT ST_AsMVT(area, 'area') FROM area WHERE geom IS NOT NULL), '')
      || coalesce((SELECT ST_AsMVT(area_name, 'area_name') FROM area_name WHERE geom IS NOT NULL), '')
      || coalesce((SELECT ST_AsMVT(road, 'road') FROM road WHERE geom IS NOT NULL), '')
      || coalesce((SELECT ST_AsMVT(door, 'door') FROM door WHERE geom IS NOT NULL), '')
$$;
ALTER FUNCTION published.tile_base(z integer, x integer, y integer) OWNER TO diming_owner;
CREATE FUNCTION register.new_code(prefix text) RETURNS text
    LANGUAGE sql
    AS $$
  SELECT prefix || register.code_text((r.n * 7368787 + 271828182845) & 1099511627775)
  FROM (SELECT (m.n >> 20) | ((m.n & 1048575) << 20) AS n
        FROM (SELECT (nextval('register.code_number') * 5882353) & 1099511627775 AS n) m) r
$$;
ALTER FUNCTION register.new_code(prefix text) OWNER TO diming_owner;
CREATE TABLE register.address (
    code text DEFAULT register.new_code('A'::text) NOT NULL,
    county text NOT NULL,
    town text,
    comm text,
    road text,
    natvil text,
    estate text,
    handle_kind text DEFAULT 'road'::text NOT NULL,
    handle_name text DEFAULT ''::text NOT NULL,
    number text DEFAULT ''::text NOT NULL,
    number_order integer,
    sub text DEFAULT ''::text NOT NULL,
    estate_name text DEFAULT ''::text NOT NULL,
    bld text DEFAULT ''::text NOT NULL,
    unit text DEFAULT ''::text NOT NULL,
    floor text DEFAULT ''::text NOT NULL,
    room text DEFAULT ''::text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    standard_address text NOT NULL,
    auxiliary_address text DEFAULT ''::text NOT NULL,
    principal text,
    division text GENERATED ALWAYS AS (COALESCE(comm, town, county)) STORED NOT NULL,
    natural_key text GENERATED ALWAYS AS (((((((((((((((((((((county || '|'::text) || COALESCE(town, ''::text)) || '|'::text) || COALESCE(comm, ''::text)) || '|'::text) || handle_name) || '|'::text) || number) || '|'::text) || sub) || '|'::text) || estate_name) || '|'::text) || bld) || '|'::text) || unit) || '|'::text) || floor) || '|'::text) || room)) STORED NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    crs_source text DEFAULT 'cgcs2000'::text NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid DEFAULT audit.current_act(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_address_handle CHECK (((handle_name <> ''::text) OR (estate_name <> ''::text))),
    CONSTRAINT ck_address_period CHECK ((valid_to >= valid_from))
);
ALTER TABLE register.address OWNER TO diming_owner;
CREATE FUNCTION register.address_as_of(on_day date) RETURNS SETOF register.address
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT code, county, town, comm, road, natvil, estate, handle_kind, handle_name, number, number_order, sub,
         estate_name, bld, unit, floor, room, name, note, standard_address, auxiliary_address, principal,
         division, natural_key, source, crs_source, made_up, valid_from, valid_to, act_id, updated_at,
         version
  FROM register.address
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, county, town, comm, road, natvil, estate, handle_kind, handle_name, number, number_order, sub,
         estate_name, bld, unit, floor, room, name, note, standard_address, auxiliary_address, principal,
         division, natural_key, source, crs_source, made_up, valid_from, valid_to, act_id, updated_at,
         version
  FROM register.address_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
ALTER FUNCTION register.address_as_of(on_day date) OWNER TO diming_owner;
CREATE TABLE register.alias (
    id bigint NOT NULL,
    alias text NOT NULL,
    kind text NOT NULL,
    source_doc text DEFAULT ''::text NOT NULL,
    scope public.geometry(MultiPolygon,4490),
    source text DEFAULT ''::text NOT NULL,
    crs_source text DEFAULT 'cgcs2000'::text NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid DEFAULT audit.current_act(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_alias_named CHECK ((alias <> ''::text)),
    CONSTRAINT ck_alias_period CHECK ((valid_to >= valid_from))
);
ALTER TABLE register.alias OWNER TO diming_owner;
CREATE FUNCTION register.alias_as_of(on_day date) RETURNS SETOF register.alias
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT id, alias, kind, source_doc, scope, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.alias
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT id, alias, kind, source_doc, scope, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.alias_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
ALTER FUNCTION register.alias_as_of(on_day date) OWNER TO diming_owner;
CREATE FUNCTION register.auxiliary_address(county text, town text, handle_kind text, estate_name text, bld text, unit text, floor text, room text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT CASE WHEN handle_kind <> 'estate' AND estate_name <> ''
              THEN coalesce(county, '') || coalesce(town, '') || estate_name
                   || register.inside_text(bld, unit, floor, room)
              ELSE '' END
$$;
ALTER FUNCTION register.auxiliary_address(county text, town text, handle_kind text, estate_name text, bld text, unit text, floor text, room text) OWNER TO diming_owner;
CREATE TABLE register.boundary_line (
    code text DEFAULT register.new_code('L'::text) NOT NULL,
    name text NOT NULL,
    level text DEFAULT ''::text NOT NULL,
    length_m double precision,
    start_text text DEFAULT ''::text NOT NULL,
    end_text text DEFAULT ''::text NOT NULL,
    markers integer,
    single integer,
    double integer,
    triple integer,
    disputed boolean DEFAULT false NOT NULL,
    approval text DEFAULT ''::text NOT NULL,
    agreed_on date,
    lead text DEFAULT ''::text NOT NULL,
    next_due smallint,
    geom public.geometry(MultiLineString,4490),
    source text DEFAULT ''::text NOT NULL,
    crs_source text DEFAULT 'cgcs2000'::text NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid DEFAULT audit.current_act(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_boundary_line_counts CHECK (((markers >= 0) AND (single >= 0) AND (double >= 0) AND (triple >= 0))),
    CONSTRAINT ck_boundary_line_length CHECK ((length_m > (0)::double precision)),
    CONSTRAINT ck_boundary_line_level CHECK ((level = ANY (ARRAY[''::text, '省级'::text, '市级'::text, '县级'::text, '乡级'::text, '村级'::text]))),
    CONSTRAINT ck_boundary_line_named CHECK ((name <> ''::text)),
    CONSTRAINT ck_boundary_line_next_due CHECK (((next_due >= 1990) AND (next_due <= 2200))),
    CONSTRAINT ck_boundary_line_period CHECK ((valid_to >= valid_from))
);
ALTER TABLE register.boundary_line OWNER TO diming_owner;
CREATE FUNCTION register.boundary_line_as_of(on_day date) RETURNS SETOF register.boundary_line
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT code, name, level, length_m, start_text, end_text, markers, single, double, triple, disputed,
         approval, agreed_on, lead, next_due, geom, source, crs_source, made_up, valid_from, valid_to,
         act_id, updated_at, version
  FROM register.boundary_line
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, name, level, length_m, start_text, end_text, markers, single, double, triple, disputed,
         approval, agreed_on, lead, next_due, geom, source, crs_source, made_up, valid_from, valid_to,
         act_id, updated_at, version
  FROM register.boundary_line_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
ALTER FUNCTION register.boundary_line_as_of(on_day date) OWNER TO diming_owner;
CREATE TABLE register.boundary_marker (
    code text NOT NULL,
    number text DEFAULT ''::text NOT NULL,
    spatial_id text DEFAULT ''::text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    level text DEFAULT ''::text NOT NULL,
    standing text DEFAULT 'single'::text NOT NULL,
    faces smallint,
    networked boolean DEFAULT false NOT NULL,
    material text DEFAULT ''::text NOT NULL,
    data_type text DEFAULT ''::text NOT NULL,
    is_public boolean DEFAULT false NOT NULL,
    sign_codes text DEFAULT ''::text NOT NULL,
    height double precision,
    north double precision,
    east double precision,
    location text DEFAULT ''::text NOT NULL,
    entrusted boolean DEFAULT false NOT NULL,
    custodian text DEFAULT ''::text NOT NULL,
    changes text DEFAULT ''::text NOT NULL,
    state text DEFAULT '完好'::text NOT NULL,
    attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
    geom public.geometry(Point,4490),
    source text DEFAULT ''::text NOT NULL,
    crs_source text DEFAULT 'cgcs2000'::text NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid DEFAULT audit.current_act(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_boundary_marker_coded CHECK ((code <> ''::text)),
    CONSTRAINT ck_boundary_marker_faces CHECK ((faces = ANY (ARRAY[2, 3]))),
    CONSTRAINT ck_boundary_marker_height CHECK (((height >= ('-500'::integer)::double precision) AND (height <= (9000)::double precision))),
    CONSTRAINT ck_boundary_marker_level CHECK ((level = ANY (ARRAY[''::text, '省级'::text, '市级'::text, '县级'::text, '乡级'::text, '村级'::text]))),
    CONSTRAINT ck_boundary_marker_period CHECK ((valid_to >= valid_from)),
    CONSTRAINT ck_boundary_marker_projected CHECK (((north IS NULL) = (east IS NULL))),
    CONSTRAINT ck_boundary_marker_standing CHECK ((standing = ANY (ARRAY['single'::text, 'double'::text, 'triple'::text])))
);
ALTER TABLE register.boundary_marker OWNER TO diming_owner;
CREATE FUNCTION register.boundary_marker_as_of(on_day date) RETURNS SETOF register.boundary_marker
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT code, number, spatial_id, name, level, standing, faces, networked, material, data_type,
         is_public, sign_codes, height, north, east, location, entrusted, custodian, changes, state,
         attributes, geom, source, crs_source, made_up, valid_from, valid_to, act_id, updated_at,
         version
  FROM register.boundary_marker
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, number, spatial_id, name, level, standing, faces, networked, material, data_type,
         is_public, sign_codes, height, north, east, location, entrusted, custodian, changes, state,
         attributes, geom, source, crs_source, made_up, valid_from, valid_to, act_id, updated_at,
         version
  FROM register.boundary_marker_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
ALTER FUNCTION register.boundary_marker_as_of(on_day date) OWNER TO diming_owner;
CREATE FUNCTION register.code_text(n bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 35 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 30 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 25 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 20 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 15 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 10 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 5 & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n & 31)::int + 1, 1)
      || substr('0123456789ABCDEFGHJKMNPQRSTVWXY', (n % 31)::int + 1, 1)
$$;
ALTER FUNCTION register.code_text(n bigint) OWNER TO diming_owner;
CREATE FUNCTION register.county_text(county text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT coalesce(string_agg(d.name, '' ORDER BY d.level), '') FROM register.division d
  WHERE d.code IN (left(county, 2) || '0000000000', left(county, 4) || '00000000', county)
    AND d.name NOT IN ('市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划', '直辖县级')
    AND NOT EXISTS (SELECT FROM register.division above WHERE above.code = d.parent AND above.name = d.name)
$$;
ALTER FUNCTION register.county_text(county text) OWNER TO diming_owner;
CREATE FUNCTION register.data_note(made_up boolean) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT CASE WHEN made_up THEN '示例数据' ELSE '' END
$$;
ALTER FUNCTION register.data_note(made_up boolean) OWNER TO diming_owner;
CREATE FUNCTION register.data_version() RETURNS bigint
    LANGUAGE sql STABLE
    AS $$
  SELECT count(*) FROM register.data_change
$$;
ALTER FUNCTION register.data_version() OWNER TO diming_owner;
CREATE FUNCTION register.display_address(county text, town text, comm text, handle_kind text, handle_name text, number text, sub text, estate_name text, bld text, unit text, floor text, room text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT coalesce(county, '') || coalesce(town, '')
      || CASE WHEN handle_kind = 'natvil' AND register.village_text(coalesce(comm, '')) <> handle_name
              THEN register.village_text(coalesce(comm, '')) ELSE '' END
      || CASE WHEN handle_kind = 'estate'
              THEN handle_name || register.inside_text(bld, '', '', '') || register.number_text(number, sub)
                   || register.inside_text('', unit, floor, room)
              ELSE handle_name || register.number_text(number, sub) || register.inside_text(bld, unit, floor, room)
         END
$$;
ALTER FUNCTION register.display_address(county text, town text, comm text, handle_kind text, handle_name text, number text, sub text, estate_name text, bld text, unit text, floor text, room text) OWNER TO diming_owner;
CREATE TABLE register.division (
    code text NOT NULL,
    level smallint NOT NULL,
    parent text,
    name text NOT NULL,
    short text DEFAULT ''::text NOT NULL,
    kind text DEFAULT ''::text NOT NULL,
    pinyin text DEFAULT ''::text NOT NULL,
    point public.geometry(Point,4490),
    boundary public.geometry(MultiPolygon,4490),
    source text DEFAULT ''::text NOT NULL,
    crs_source text DEFAULT 'cgcs2000'::text NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid DEFAULT audit.current_act(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_division_code_digits CHECK ((code ~ '^[0-9]{12}$'::text)),
    CONSTRAINT ck_division_level CHECK (((level >= 1) AND (level <= 5))),
    CONSTRAINT ck_division_period CHECK ((valid_to >= valid_from))
);
ALTER TABLE register.division OWNER TO diming_owner;
CREATE FUNCTION register.division_as_of(on_day date) RETURNS SETOF register.division
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT code, level, parent, name, short, kind, pinyin, point, boundary, source, crs_source, made_up,
         valid_from, valid_to, act_id, updated_at, version
  FROM register.division
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, level, parent, name, short, kind, pinyin, point, boundary, source, crs_source, made_up,
         valid_from, valid_to, act_id, updated_at, version
  FROM register.division_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
ALTER FUNCTION register.division_as_of(on_day date) OWNER TO diming_owner;
CREATE TABLE register.facility (
    code text DEFAULT register.new_code('F'::text) NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    category text DEFAULT ''::text NOT NULL,
    division text,
    address text,
    address_text text DEFAULT ''::text NOT NULL,
    operator text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    contact text DEFAULT ''::text NOT NULL,
    opening text DEFAULT ''::text NOT NULL,
    capacity integer,
    state text DEFAULT '在用'::text NOT NULL,
    attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
    geom public.geometry(Geometry,4490),
    source text DEFAULT ''::text NOT NULL,
    crs_source text DEFAULT 'cgcs2000'::text NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid DEFAULT audit.current_act(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_facility_capacity CHECK ((capacity >= 0)),
    CONSTRAINT ck_facility_kind CHECK ((kind = ANY (ARRAY['meal'::text, 'cemetery'::text, 'care'::text, 'other'::text]))),
    CONSTRAINT ck_facility_named CHECK ((name <> ''::text)),
    CONSTRAINT ck_facility_period CHECK ((valid_to >= valid_from))
);
ALTER TABLE register.facility OWNER TO diming_owner;
CREATE FUNCTION register.facility_as_of(on_day date) RETURNS SETOF register.facility
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT code, kind, name, category, division, address, address_text, operator, phone, contact, opening,
         capacity, state, attributes, geom, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.facility
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, kind, name, category, division, address, address_text, operator, phone, contact, opening,
         capacity, state, attributes, geom, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.facility_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
ALTER FUNCTION register.facility_as_of(on_day date) OWNER TO diming_owner;
CREATE FUNCTION register.inside_text(bld text, unit text, floor text, room text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT CASE WHEN bld ~ '[0-9A-Za-z]$' THEN bld || '幢' ELSE bld END
      || CASE WHEN unit ~ '[0-9A-Za-z]$' THEN unit || '单元' ELSE unit END
      || CASE WHEN floor ~ '[0-9A-Za-z]$' THEN floor || '层' ELSE floor END
      || CASE WHEN room ~ '[0-9A-Za-z]$' THEN room || '室' ELSE room END
$_$;
ALTER FUNCTION register.inside_text(bld text, unit text, floor text, room text) OWNER TO diming_owner;
CREATE FUNCTION register.is_in_force(valid_from date, valid_to date, on_day date) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT (valid_from IS NULL OR valid_from <= on_day) AND (valid_to IS NULL OR valid_to > on_day)
$$;
ALTER FUNCTION register.is_in_force(valid_from date, valid_to date, on_day date) OWNER TO diming_owner;
CREATE FUNCTION register.mark_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'register', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO register.data_change (transaction) VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
  PERFORM pg_notify('register_change', '');
  RETURN NULL;
END
$$;
ALTER FUNCTION register.mark_change() OWNER TO diming_owner;
CREATE FUNCTION register.number_text(number text, sub text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT CASE WHEN number = '' THEN ''
              WHEN number ~ '[0-9A-Za-z]$' THEN number || '号'
              ELSE number END
      || CASE WHEN sub = '' THEN '' ELSE '-' || sub END
$_$;
ALTER FUNCTION register.number_text(number text, sub text) OWNER TO diming_owner;
CREATE TABLE register.place (
    code text DEFAULT register.new_code('P'::text) NOT NULL,
    national_code text DEFAULT ''::text NOT NULL,
    category text NOT NULL,
    class_code text DEFAULT ''::text NOT NULL,
    specific text DEFAULT ''::text NOT NULL,
    generic text DEFAULT ''::text NOT NULL,
    standard_name text NOT NULL,
    romanisation text DEFAULT ''::text NOT NULL,
    pinyin text DEFAULT ''::text NOT NULL,
    origin text DEFAULT ''::text NOT NULL,
    meaning text DEFAULT ''::text NOT NULL,
    history text DEFAULT ''::text NOT NULL,
    heritage text DEFAULT ''::text NOT NULL,
    state text DEFAULT '现行'::text NOT NULL,
    state_before text DEFAULT ''::text NOT NULL,
    division text,
    location text DEFAULT ''::text NOT NULL,
    geom public.geometry(Geometry,4490),
    source text DEFAULT ''::text NOT NULL,
    crs_source text DEFAULT 'cgcs2000'::text NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid DEFAULT audit.current_act(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_place_category CHECK ((category ~ '^[A-H]$'::text)),
    CONSTRAINT ck_place_named CHECK ((standard_name <> ''::text)),
    CONSTRAINT ck_place_period CHECK ((valid_to >= valid_from))
);
ALTER TABLE register.place OWNER TO diming_owner;
CREATE FUNCTION register.place_as_of(on_day date) RETURNS SETOF register.place
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT code, national_code, category, class_code, specific, generic, standard_name, romanisation, pinyin,
         origin, meaning, history, heritage, state, state_before, division, location, geom, source,
         crs_source, made_up, valid_from, valid_to, act_id, updated_at, version
  FROM register.place
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, national_code, category, class_code, specific, generic, standard_name, romanisation, pinyin,
         origin, meaning, history, heritage, state, state_before, division, location, geom, source,
         crs_source, made_up, valid_from, valid_to, act_id, updated_at, version
  FROM register.place_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
ALTER FUNCTION register.place_as_of(on_day date) OWNER TO diming_owner;
CREATE TABLE register.reference_object (
    marker text NOT NULL,
    serial smallint NOT NULL,
    name text NOT NULL,
    azimuth double precision,
    distance double precision,
    geom public.geometry(Point,4490),
    source text DEFAULT ''::text NOT NULL,
    crs_source text DEFAULT 'cgcs2000'::text NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid DEFAULT audit.current_act(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_reference_object_azimuth CHECK (((azimuth >= (0)::double precision) AND (azimuth < (360)::double precision))),
    CONSTRAINT ck_reference_object_distance CHECK ((distance > (0)::double precision)),
    CONSTRAINT ck_reference_object_named CHECK ((name <> ''::text)),
    CONSTRAINT ck_reference_object_period CHECK ((valid_to >= valid_from)),
    CONSTRAINT ck_reference_object_serial CHECK (((serial >= 1) AND (serial <= 3)))
);
ALTER TABLE register.reference_object OWNER TO diming_owner;
CREATE FUNCTION register.reference_object_as_of(on_day date) RETURNS SETOF register.reference_object
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT marker, serial, name, azimuth, distance, geom, source, crs_source, made_up, valid_from,
         valid_to, act_id, updated_at, version
  FROM register.reference_object
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT marker, serial, name, azimuth, distance, geom, source, crs_source, made_up, valid_from,
         valid_to, act_id, updated_at, version
  FROM register.reference_object_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
ALTER FUNCTION register.reference_object_as_of(on_day date) OWNER TO diming_owner;
CREATE TABLE register.road (
    code text DEFAULT register.new_code('R'::text) NOT NULL,
    name text NOT NULL,
    specific text DEFAULT ''::text NOT NULL,
    generic text DEFAULT ''::text NOT NULL,
    romanisation text DEFAULT ''::text NOT NULL,
    pinyin text DEFAULT ''::text NOT NULL,
    road_class text DEFAULT ''::text NOT NULL,
    width_m double precision,
    length_m double precision,
    start_text text DEFAULT ''::text NOT NULL,
    end_text text DEFAULT ''::text NOT NULL,
    direction text DEFAULT ''::text NOT NULL,
    number_from integer,
    number_to integer,
    meaning text DEFAULT ''::text NOT NULL,
    state text DEFAULT '现行'::text NOT NULL,
    state_before text DEFAULT ''::text NOT NULL,
    division text NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    crs_source text DEFAULT 'cgcs2000'::text NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid DEFAULT audit.current_act(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_road_length CHECK ((length_m > (0)::double precision)),
    CONSTRAINT ck_road_named CHECK ((name <> ''::text)),
    CONSTRAINT ck_road_numbers CHECK ((number_from <= number_to)),
    CONSTRAINT ck_road_period CHECK ((valid_to >= valid_from)),
    CONSTRAINT ck_road_width CHECK ((width_m > (0)::double precision))
);
ALTER TABLE register.road OWNER TO diming_owner;
CREATE FUNCTION register.road_as_of(on_day date) RETURNS SETOF register.road
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT code, name, specific, generic, romanisation, pinyin, road_class, width_m, length_m, start_text,
         end_text, direction, number_from, number_to, meaning, state, state_before, division, source,
         crs_source, made_up, valid_from, valid_to, act_id, updated_at, version
  FROM register.road
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT code, name, specific, generic, romanisation, pinyin, road_class, width_m, length_m, start_text,
         end_text, direction, number_from, number_to, meaning, state, state_before, division, source,
         crs_source, made_up, valid_from, valid_to, act_id, updated_at, version
  FROM register.road_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
ALTER FUNCTION register.road_as_of(on_day date) OWNER TO diming_owner;
CREATE TABLE register.road_segment (
    id bigint NOT NULL,
    road text,
    road_class text DEFAULT ''::text NOT NULL,
    division text,
    geom public.geometry(LineString,4490) NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    crs_source text DEFAULT 'cgcs2000'::text NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid DEFAULT audit.current_act(),
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_road_segment_period CHECK ((valid_to >= valid_from))
);
ALTER TABLE register.road_segment OWNER TO diming_owner;
CREATE FUNCTION register.road_segment_as_of(on_day date) RETURNS SETOF register.road_segment
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  SELECT id, road, road_class, division, geom, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.road_segment
  WHERE register.is_in_force(valid_from, valid_to, on_day)
  UNION ALL
  SELECT id, road, road_class, division, geom, source, crs_source, made_up, valid_from, valid_to, act_id,
         updated_at, version
  FROM register.road_segment_history
  WHERE register.is_in_force(valid_from, valid_to, on_day)
$$;
ALTER FUNCTION register.road_segment_as_of(on_day date) OWNER TO diming_owner;
CREATE FUNCTION register.step_state() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.state_before := '';
  ELSIF NEW.state IS DISTINCT FROM OLD.state THEN
    NEW.state_before := OLD.state;
  ELSE
    NEW.state_before := OLD.state_before;
  END IF;
  RETURN NEW;
END
$$;
ALTER FUNCTION register.step_state() OWNER TO diming_owner;
CREATE FUNCTION register.village_text(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT CASE WHEN name ~ '社区(居民委员会|居委会|村民委员会|村委会)$' THEN regexp_replace(name, '社区[^社]*$', '社区')
              WHEN name ~ '..村(村民委员会|村委会)$' THEN regexp_replace(name, '(村民委员会|村委会)$', '')
              ELSE regexp_replace(name, '(.)(村民委员会|村委会)$', '\1村') END
$_$;
ALTER FUNCTION register.village_text(name text) OWNER TO diming_owner;
CREATE TABLE access.account (
    id bigint NOT NULL,
    name text NOT NULL,
    display_name text NOT NULL,
    password_hash text NOT NULL,
    roles text[] NOT NULL,
    division_code text,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_account_name CHECK ((name ~ '^[a-z][a-z0-9._-]{1,31}$'::text)),
    CONSTRAINT ck_account_roles CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['officer'::text, 'reviewer'::text, 'township'::text, 'counter'::text, 'inspector'::text, 'analyst'::text, 'administrator'::text, 'auditor'::text])))
);
ALTER TABLE access.account OWNER TO diming_owner;
ALTER TABLE access.account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME access.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE access.api_key (
    id bigint NOT NULL,
    name text NOT NULL,
    key_hash bytea NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT ck_api_key_scopes CHECK (((cardinality(scopes) > 0) AND (scopes <@ ARRAY['read'::text, 'batch'::text, 'write'::text, 'feed'::text])))
);
ALTER TABLE access.api_key OWNER TO diming_owner;
ALTER TABLE access.api_key ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME access.api_key_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE access.idempotency_key (
    caller text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status smallint,
    headers jsonb,
    body bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE access.idempotency_key OWNER TO diming_owner;
CREATE TABLE access.login_attempt (
    id bigint NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    succeeded boolean NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
ALTER TABLE access.login_attempt OWNER TO diming_owner;
ALTER TABLE access.login_attempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME access.login_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE access.session (
    token_hash bytea NOT NULL,
    account_id bigint NOT NULL,
    csrf text NOT NULL,
    address text NOT NULL,
    agent text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone
);
ALTER TABLE access.session OWNER TO diming_owner;
CREATE TABLE audit.entry (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    request_id text NOT NULL,
    act_id uuid,
    operation text NOT NULL,
    table_name text NOT NULL,
    key jsonb,
    old_values jsonb,
    new_values jsonb,
    row_count bigint NOT NULL,
    detail jsonb
);
ALTER TABLE audit.entry OWNER TO diming_owner;
ALTER TABLE audit.entry ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME audit.entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE jobs.batch (
    id uuid NOT NULL,
    caller text NOT NULL,
    form text NOT NULL,
    headers text[] NOT NULL,
    address_field text NOT NULL,
    datum text NOT NULL,
    as_of date,
    row_count integer NOT NULL,
    rows_done integer DEFAULT 0 NOT NULL,
    job_id bigint,
    problem text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT ck_batch_form CHECK ((form = ANY (ARRAY['csv'::text, 'jsonl'::text]))),
    CONSTRAINT ck_batch_rows CHECK (((rows_done >= 0) AND (rows_done <= row_count)))
);
ALTER TABLE jobs.batch OWNER TO diming_owner;
CREATE TABLE jobs.batch_chunk (
    batch uuid NOT NULL,
    number integer NOT NULL,
    given text[] NOT NULL,
    found jsonb
);
ALTER TABLE jobs.batch_chunk OWNER TO diming_owner;
CREATE TABLE jobs.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type jobs.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);
ALTER TABLE jobs.procrastinate_events OWNER TO diming_owner;
CREATE SEQUENCE jobs.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER TABLE jobs.procrastinate_events_id_seq OWNER TO diming_owner;
ALTER SEQUENCE jobs.procrastinate_events_id_seq OWNED BY jobs.procrastinate_events.id;
CREATE SEQUENCE jobs.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER TABLE jobs.procrastinate_jobs_id_seq OWNER TO diming_owner;
ALTER SEQUENCE jobs.procrastinate_jobs_id_seq OWNED BY jobs.procrastinate_jobs.id;
CREATE TABLE jobs.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
ALTER TABLE jobs.procrastinate_periodic_defers OWNER TO diming_owner;
CREATE SEQUENCE jobs.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER TABLE jobs.procrastinate_periodic_defers_id_seq OWNER TO diming_owner;
ALTER SEQUENCE jobs.procrastinate_periodic_defers_id_seq OWNED BY jobs.procrastinate_periodic_defers.id;
CREATE TABLE jobs.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE jobs.procrastinate_workers OWNER TO diming_owner;
ALTER TABLE jobs.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME jobs.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
ALTER TABLE public.alembic_version OWNER TO diming_owner;
CREATE TABLE public.diming_meta (
    key text NOT NULL,
    value text NOT NULL
);
ALTER TABLE public.diming_meta OWNER TO diming_owner;
CREATE TABLE register.address_point (
    address text NOT NULL,
    kind text NOT NULL,
    geom public.geometry(Point,4490) NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    crs_source text DEFAULT 'cgcs2000'::text NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    CONSTRAINT ck_address_point_kind CHECK ((kind = ANY (ARRAY['entrance'::text, 'building'::text, 'parcel'::text, 'plate'::text, 'unit'::text])))
);
ALTER TABLE register.address_point OWNER TO diming_owner;
CREATE VIEW published.address AS
 SELECT a.code,
    a.standard_address,
    a.auxiliary_address,
    a.handle_name,
    a.number,
    a.sub,
    a.road,
    a.natvil,
    a.estate,
    a.name,
    a.division,
    d.name AS division_name,
    a.valid_from,
    a.made_up,
    register.data_note(a.made_up) AS data_note,
    p.kind AS point_kind,
    p.geom
   FROM ((register.address a
     JOIN register.division d ON ((d.code = a.division)))
     LEFT JOIN LATERAL ( SELECT q.kind,
            q.geom
           FROM register.address_point q
          WHERE (q.address = a.code)
          ORDER BY (array_position(ARRAY['entrance'::text, 'plate'::text, 'unit'::text, 'building'::text, 'parcel'::text], q.kind))
         LIMIT 1) p ON (true))
  WHERE register.is_in_force(a.valid_from, a.valid_to, CURRENT_DATE);
ALTER TABLE published.address OWNER TO diming_owner;
CREATE VIEW published.address_point AS
 SELECT p.address AS code,
    a.handle_name,
    a.number,
    a.sub,
    a.name,
    p.kind,
    p.made_up,
    p.geom
   FROM (register.address_point p
     JOIN register.address a ON ((a.code = p.address)))
  WHERE register.is_in_force(a.valid_from, a.valid_to, CURRENT_DATE);
ALTER TABLE published.address_point OWNER TO diming_owner;
CREATE VIEW published.boundary_line AS
 SELECT l.code,
    l.name,
    l.level,
    l.length_m,
    l.start_text,
    l.end_text,
    l.markers,
    l.valid_from,
    l.made_up,
    register.data_note(l.made_up) AS data_note,
    (public.st_multi(published.rough(l.geom, published.rough_grid_m())))::public.geometry(MultiLineString,4490) AS geom
   FROM register.boundary_line l
  WHERE ((NOT l.disputed) AND register.is_in_force(l.valid_from, l.valid_to, CURRENT_DATE));
ALTER TABLE published.boundary_line OWNER TO diming_owner;
CREATE VIEW published.boundary_marker AS
 SELECT m.code,
    m.number,
    m.name,
    m.level,
    m.standing,
    m.faces,
    m.state,
    m.valid_from,
    m.made_up,
    register.data_note(m.made_up) AS data_note,
    published.rough_grid_m() AS rounded_to_m,
    (published.rough(m.geom, published.rough_grid_m()))::public.geometry(Point,4490) AS geom
   FROM register.boundary_marker m
  WHERE (m.is_public AND register.is_in_force(m.valid_from, m.valid_to, CURRENT_DATE));
ALTER TABLE published.boundary_marker OWNER TO diming_owner;
CREATE VIEW published.division AS
 SELECT d.code,
    d.name,
    d.level,
    d.parent,
    p.name AS parent_name,
    d.short,
    d.pinyin,
    d.valid_from,
    d.made_up,
    register.data_note(d.made_up) AS data_note,
    COALESCE(d.boundary, d.point) AS geom
   FROM (register.division d
     LEFT JOIN register.division p ON ((p.code = d.parent)))
  WHERE register.is_in_force(d.valid_from, d.valid_to, CURRENT_DATE);
ALTER TABLE published.division OWNER TO diming_owner;
CREATE VIEW published.division_area AS
 SELECT d.code,
    d.name,
    d.level,
    d.made_up,
    d.boundary AS geom
   FROM register.division d
  WHERE ((d.boundary IS NOT NULL) AND register.is_in_force(d.valid_from, d.valid_to, CURRENT_DATE));
ALTER TABLE published.division_area OWNER TO diming_owner;
CREATE VIEW published.facility AS
 SELECT f.code,
    f.kind,
    f.name,
    f.category,
    f.division,
    d.name AS division_name,
    f.address,
    COALESCE(a.standard_address, f.address_text) AS address_text,
    f.operator,
    f.phone,
    f.opening,
    f.capacity,
    f.state,
    f.valid_from,
    f.made_up,
    register.data_note(f.made_up) AS data_note,
    f.geom
   FROM ((register.facility f
     LEFT JOIN register.division d ON ((d.code = f.division)))
     LEFT JOIN register.address a ON ((a.code = f.address)))
  WHERE register.is_in_force(f.valid_from, f.valid_to, CURRENT_DATE);
ALTER TABLE published.facility OWNER TO diming_owner;
CREATE VIEW published.place AS
 SELECT l.code,
    l.national_code,
    l.category,
    l.class_code,
    l.standard_name,
    l.specific,
    l.generic,
    l.romanisation,
    l.pinyin,
    l.origin,
    l.meaning,
    l.history,
    l.heritage,
    l.state,
    l.division,
    d.name AS division_name,
    l.location,
    l.valid_from,
    l.made_up,
    register.data_note(l.made_up) AS data_note,
    l.geom
   FROM (register.place l
     LEFT JOIN register.division d ON ((d.code = l.division)))
  WHERE ((l.state = '现行'::text) AND register.is_in_force(l.valid_from, l.valid_to, CURRENT_DATE));
ALTER TABLE published.place OWNER TO diming_owner;
CREATE VIEW published.road AS
 SELECT r.code,
    r.name,
    r.specific,
    r.generic,
    r.romanisation,
    r.pinyin,
    r.road_class,
    r.width_m,
    r.length_m,
    r.start_text,
    r.end_text,
    r.direction,
    r.number_from,
    r.number_to,
    r.meaning,
    r.state,
    r.division,
    d.name AS division_name,
    r.valid_from,
    r.made_up,
    register.data_note(r.made_up) AS data_note,
    s.geom
   FROM ((register.road r
     JOIN register.division d ON ((d.code = r.division)))
     LEFT JOIN LATERAL ( SELECT (public.st_multi(public.st_collect(g.geom)))::public.geometry(MultiLineString,4490) AS geom
           FROM register.road_segment g
          WHERE ((g.road = r.code) AND (g.valid_to IS NULL))) s ON (true))
  WHERE ((r.state = '现行'::text) AND register.is_in_force(r.valid_from, r.valid_to, CURRENT_DATE));
ALTER TABLE published.road OWNER TO diming_owner;
CREATE VIEW published.road_segment AS
 SELECT s.id,
    s.road,
    COALESCE(r.name, ''::text) AS name,
    COALESCE(NULLIF(s.road_class, ''::text), r.road_class, ''::text) AS road_class,
    r.width_m,
    s.made_up,
    register.data_note(s.made_up) AS data_note,
    s.geom
   FROM (register.road_segment s
     LEFT JOIN register.road r ON ((r.code = s.road)))
  WHERE register.is_in_force(s.valid_from, s.valid_to, CURRENT_DATE);
ALTER TABLE published.road_segment OWNER TO diming_owner;
CREATE TABLE register.address_history (
    code text NOT NULL,
    county text NOT NULL,
    town text,
    comm text,
    road text,
    natvil text,
    estate text,
    handle_kind text NOT NULL,
    handle_name text NOT NULL,
    number text NOT NULL,
    number_order integer,
    sub text NOT NULL,
    estate_name text NOT NULL,
    bld text NOT NULL,
    unit text NOT NULL,
    floor text NOT NULL,
    room text NOT NULL,
    name text NOT NULL,
    note text NOT NULL,
    standard_address text NOT NULL,
    auxiliary_address text NOT NULL,
    principal text,
    division text NOT NULL,
    natural_key text NOT NULL,
    source text NOT NULL,
    crs_source text NOT NULL,
    made_up boolean NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    superseded_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_act uuid
);
ALTER TABLE register.address_history OWNER TO diming_owner;
CREATE TABLE register.alias_history (
    id bigint NOT NULL,
    alias text NOT NULL,
    kind text NOT NULL,
    source_doc text NOT NULL,
    scope public.geometry(MultiPolygon,4490),
    source text NOT NULL,
    crs_source text NOT NULL,
    made_up boolean NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    superseded_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_act uuid
);
ALTER TABLE register.alias_history OWNER TO diming_owner;
ALTER TABLE register.alias ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME register.alias_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE register.alias_target (
    id bigint NOT NULL,
    alias bigint NOT NULL,
    division text,
    road text,
    place text,
    address text,
    CONSTRAINT ck_alias_target_one_target CHECK ((num_nonnulls(division, road, place, address) = 1))
);
ALTER TABLE register.alias_target OWNER TO diming_owner;
ALTER TABLE register.alias_target ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME register.alias_target_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE register.boundary_line_history (
    code text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    length_m double precision,
    start_text text NOT NULL,
    end_text text NOT NULL,
    markers integer,
    single integer,
    double integer,
    triple integer,
    disputed boolean NOT NULL,
    approval text NOT NULL,
    agreed_on date,
    lead text NOT NULL,
    next_due smallint,
    geom public.geometry(MultiLineString,4490),
    source text NOT NULL,
    crs_source text NOT NULL,
    made_up boolean NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    superseded_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_act uuid
);
ALTER TABLE register.boundary_line_history OWNER TO diming_owner;
CREATE TABLE register.boundary_marker_history (
    code text NOT NULL,
    number text NOT NULL,
    spatial_id text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    standing text NOT NULL,
    faces smallint,
    networked boolean NOT NULL,
    material text NOT NULL,
    data_type text NOT NULL,
    is_public boolean NOT NULL,
    sign_codes text NOT NULL,
    height double precision,
    north double precision,
    east double precision,
    location text NOT NULL,
    entrusted boolean NOT NULL,
    custodian text NOT NULL,
    changes text NOT NULL,
    state text NOT NULL,
    attributes jsonb NOT NULL,
    geom public.geometry(Point,4490),
    source text NOT NULL,
    crs_source text NOT NULL,
    made_up boolean NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    superseded_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_act uuid
);
ALTER TABLE register.boundary_marker_history OWNER TO diming_owner;
CREATE TABLE register.boundary_marker_line (
    marker text NOT NULL,
    line text NOT NULL,
    serial integer
);
ALTER TABLE register.boundary_marker_line OWNER TO diming_owner;
CREATE TABLE register.boundary_side (
    line text NOT NULL,
    division text NOT NULL
);
ALTER TABLE register.boundary_side OWNER TO diming_owner;
CREATE SEQUENCE register.code_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    MAXVALUE 1099511627775
    CACHE 1;
ALTER TABLE register.code_number OWNER TO diming_owner;
CREATE TABLE register.data_change (
    transaction xid8 NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE register.data_change OWNER TO diming_owner;
CREATE TABLE register.division_history (
    code text NOT NULL,
    level smallint NOT NULL,
    parent text,
    name text NOT NULL,
    short text NOT NULL,
    kind text NOT NULL,
    pinyin text NOT NULL,
    point public.geometry(Point,4490),
    boundary public.geometry(MultiPolygon,4490),
    source text NOT NULL,
    crs_source text NOT NULL,
    made_up boolean NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    superseded_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_act uuid
);
ALTER TABLE register.division_history OWNER TO diming_owner;
CREATE TABLE register.division_succession (
    predecessor text NOT NULL,
    successor text NOT NULL,
    year smallint NOT NULL,
    kind text DEFAULT ''::text NOT NULL,
    source text DEFAULT ''::text NOT NULL
);
ALTER TABLE register.division_succession OWNER TO diming_owner;
CREATE TABLE register.facility_history (
    code text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    division text,
    address text,
    address_text text NOT NULL,
    operator text NOT NULL,
    phone text NOT NULL,
    contact text NOT NULL,
    opening text NOT NULL,
    capacity integer,
    state text NOT NULL,
    attributes jsonb NOT NULL,
    geom public.geometry(Geometry,4490),
    source text NOT NULL,
    crs_source text NOT NULL,
    made_up boolean NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    superseded_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_act uuid
);
ALTER TABLE register.facility_history OWNER TO diming_owner;
CREATE TABLE register.import_batch (
    id bigint NOT NULL,
    act_id uuid,
    kind text NOT NULL,
    file_name text NOT NULL,
    sha256 text NOT NULL,
    datum text DEFAULT ''::text NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    actor text DEFAULT ''::text NOT NULL,
    imported_at timestamp with time zone DEFAULT now() NOT NULL,
    row_count integer DEFAULT 0 NOT NULL,
    inserted integer DEFAULT 0 NOT NULL,
    updated integer DEFAULT 0 NOT NULL,
    unchanged integer DEFAULT 0 NOT NULL,
    refused integer DEFAULT 0 NOT NULL
);
ALTER TABLE register.import_batch OWNER TO diming_owner;
ALTER TABLE register.import_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME register.import_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE register.name_transition (
    before text NOT NULL,
    state text NOT NULL
);
ALTER TABLE register.name_transition OWNER TO diming_owner;
CREATE TABLE register.place_history (
    code text NOT NULL,
    national_code text NOT NULL,
    category text NOT NULL,
    class_code text NOT NULL,
    specific text NOT NULL,
    generic text NOT NULL,
    standard_name text NOT NULL,
    romanisation text NOT NULL,
    pinyin text NOT NULL,
    origin text NOT NULL,
    meaning text NOT NULL,
    history text NOT NULL,
    heritage text NOT NULL,
    state text NOT NULL,
    state_before text NOT NULL,
    division text,
    location text NOT NULL,
    geom public.geometry(Geometry,4490),
    source text NOT NULL,
    crs_source text NOT NULL,
    made_up boolean NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    superseded_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_act uuid
);
ALTER TABLE register.place_history OWNER TO diming_owner;
CREATE TABLE register.reference_object_history (
    marker text NOT NULL,
    serial smallint NOT NULL,
    name text NOT NULL,
    azimuth double precision,
    distance double precision,
    geom public.geometry(Point,4490),
    source text NOT NULL,
    crs_source text NOT NULL,
    made_up boolean NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    superseded_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_act uuid
);
ALTER TABLE register.reference_object_history OWNER TO diming_owner;
CREATE TABLE register.repair_batch (
    id bigint NOT NULL,
    file_name text NOT NULL,
    format text NOT NULL,
    encoding text NOT NULL,
    layer text NOT NULL,
    sha256 text NOT NULL,
    headers text[] NOT NULL,
    address_field text NOT NULL,
    findings jsonb NOT NULL,
    row_count integer NOT NULL,
    rows_done integer DEFAULT 0 NOT NULL,
    index_version text DEFAULT ''::text NOT NULL,
    engine_version text DEFAULT ''::text NOT NULL,
    actor text NOT NULL,
    actor_shown text NOT NULL,
    job_id bigint,
    problem text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT ck_repair_batch_format CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text]))),
    CONSTRAINT ck_repair_batch_rows CHECK (((rows_done >= 0) AND (rows_done <= row_count)))
);
ALTER TABLE register.repair_batch OWNER TO diming_owner;
ALTER TABLE register.repair_batch ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.repair_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE register.repair_change (
    decision bigint NOT NULL,
    batch bigint NOT NULL,
    number integer NOT NULL,
    before jsonb,
    before_decision bigint,
    after jsonb NOT NULL
);
ALTER TABLE register.repair_change OWNER TO diming_owner;
CREATE TABLE register.repair_checked (
    batch bigint NOT NULL,
    seed integer NOT NULL,
    number integer NOT NULL,
    place integer NOT NULL,
    address text NOT NULL,
    code text NOT NULL,
    verdict boolean,
    checked_by text,
    checked_at timestamp with time zone
);
ALTER TABLE register.repair_checked OWNER TO diming_owner;
CREATE TABLE register.repair_decision (
    id bigint NOT NULL,
    batch bigint NOT NULL,
    action text NOT NULL,
    kind text NOT NULL,
    row_count integer DEFAULT 0 NOT NULL,
    actor text NOT NULL,
    actor_shown text NOT NULL,
    act_id uuid NOT NULL,
    engine_version text NOT NULL,
    index_version text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    undone_at timestamp with time zone,
    undone_by text,
    undone_act uuid,
    CONSTRAINT ck_repair_decision_action CHECK ((action = ANY (ARRAY['accept'::text, 'choose'::text, 'manual'::text, 'reject'::text, 'bulk-auto'::text, 'bulk-text'::text])))
);
ALTER TABLE register.repair_decision OWNER TO diming_owner;
ALTER TABLE register.repair_decision ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.repair_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE register.repair_draw (
    batch bigint NOT NULL,
    seed integer NOT NULL,
    size integer NOT NULL,
    drawn_from integer NOT NULL,
    actor text NOT NULL,
    drawn_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE register.repair_draw OWNER TO diming_owner;
CREATE TABLE register.repair_learnt (
    batch bigint NOT NULL,
    number integer NOT NULL,
    alias bigint NOT NULL,
    actor text NOT NULL,
    learnt_at timestamp with time zone DEFAULT now() NOT NULL,
    withdrawn_at timestamp with time zone
);
ALTER TABLE register.repair_learnt OWNER TO diming_owner;
CREATE TABLE register.repair_row (
    batch bigint NOT NULL,
    number integer NOT NULL,
    source_row integer NOT NULL,
    given jsonb NOT NULL,
    refused text DEFAULT ''::text NOT NULL,
    original text DEFAULT ''::text NOT NULL,
    status text,
    level text DEFAULT ''::text NOT NULL,
    confidence real,
    kinds text[] DEFAULT '{}'::text[] NOT NULL,
    rules text[] DEFAULT '{}'::text[] NOT NULL,
    text_only boolean DEFAULT false NOT NULL,
    answer jsonb,
    outcome jsonb,
    state text GENERATED ALWAYS AS (COALESCE((outcome ->> 'state'::text), 'open'::text)) STORED,
    decision bigint,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT ck_repair_row_outcome CHECK (((outcome IS NULL) = (decision IS NULL))),
    CONSTRAINT ck_repair_row_status CHECK ((status = ANY (ARRAY['auto'::text, 'review'::text, 'none'::text])))
);
ALTER TABLE register.repair_row OWNER TO diming_owner;
CREATE TABLE register.report (
    id bigint NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    contact text DEFAULT ''::text NOT NULL,
    question text DEFAULT ''::text NOT NULL,
    code text DEFAULT ''::text NOT NULL,
    standard_address text DEFAULT ''::text NOT NULL,
    point public.geometry(Point,4490),
    origin text NOT NULL,
    state text DEFAULT 'new'::text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ck_report_contact CHECK ((char_length(contact) <= 100)),
    CONSTRAINT ck_report_kind CHECK ((kind = ANY (ARRAY['wrong-point'::text, 'wrong-name'::text, 'missing-address'::text, 'other'::text]))),
    CONSTRAINT ck_report_state CHECK ((state = ANY (ARRAY['new'::text, 'accepted'::text, 'refused'::text]))),
    CONSTRAINT ck_report_text CHECK (((char_length(text) >= 1) AND (char_length(text) <= 500)))
);
ALTER TABLE register.report OWNER TO diming_owner;
ALTER TABLE register.report ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME register.report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE register.road_division (
    road text NOT NULL,
    division text NOT NULL
);
ALTER TABLE register.road_division OWNER TO diming_owner;
CREATE TABLE register.road_history (
    code text NOT NULL,
    name text NOT NULL,
    specific text NOT NULL,
    generic text NOT NULL,
    romanisation text NOT NULL,
    pinyin text NOT NULL,
    road_class text NOT NULL,
    width_m double precision,
    length_m double precision,
    start_text text NOT NULL,
    end_text text NOT NULL,
    direction text NOT NULL,
    number_from integer,
    number_to integer,
    meaning text NOT NULL,
    state text NOT NULL,
    state_before text NOT NULL,
    division text NOT NULL,
    source text NOT NULL,
    crs_source text NOT NULL,
    made_up boolean NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    superseded_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_act uuid
);
ALTER TABLE register.road_history OWNER TO diming_owner;
CREATE TABLE register.road_segment_history (
    id bigint NOT NULL,
    road text,
    road_class text NOT NULL,
    division text,
    geom public.geometry(LineString,4490) NOT NULL,
    source text NOT NULL,
    crs_source text NOT NULL,
    made_up boolean NOT NULL,
    valid_from date,
    valid_to date,
    act_id uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    superseded_at timestamp with time zone DEFAULT now() NOT NULL,
    superseded_act uuid
);
ALTER TABLE register.road_segment_history OWNER TO diming_owner;
ALTER TABLE register.road_segment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME register.road_segment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY jobs.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('jobs.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY jobs.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('jobs.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY jobs.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('jobs.procrastinate_periodic_defers_id_seq'::regclass);
INSERT INTO access.account VALUES (1, 'zhang', '张三', 'x', '{officer}', NULL, NULL, '2026-11-22 19:36:50.026413+08');
INSERT INTO access.api_key VALUES (1, '旧密钥', '\x01', '{read}', '2026-11-22 19:36:50.026413+08', NULL, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (1, '2026-11-22 19:36:50.030728+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'access.account', '{"id": 1}', NULL, '{"id": 1, "name": "zhang", "roles": ["officer"], "created_at": "2026-11-22T19:36:50.026413+08:00", "disabled_at": null, "display_name": "张三", "division_code": null, "password_hash": "***"}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (2, '2026-11-22 19:36:50.037803+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'access.api_key', '{"id": 1}', NULL, '{"id": 1, "name": "旧密钥", "scopes": ["read"], "key_hash": "***", "created_at": "2026-11-22T19:36:50.026413+08:00", "expires_at": null, "revoked_at": null}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (3, '2026-11-22 19:36:50.04394+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'register.division', '{"code": "331000000000"}', NULL, '{"code": "331000000000", "kind": "", "name": "台州市", "level": 2, "point": null, "short": "", "act_id": null, "parent": null, "pinyin": "", "source": "", "made_up": false, "version": 1, "boundary": null, "valid_to": null, "crs_source": "cgcs2000", "updated_at": "2026-11-22T19:36:50.026413+08:00", "valid_from": null}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (4, '2026-11-22 19:36:50.044636+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'register.division', '{"code": "331003000000"}', NULL, '{"code": "331003000000", "kind": "", "name": "黄岩区", "level": 3, "point": null, "short": "", "act_id": null, "parent": "331000000000", "pinyin": "", "source": "", "made_up": false, "version": 1, "boundary": null, "valid_to": null, "crs_source": "cgcs2000", "updated_at": "2026-11-22T19:36:50.026413+08:00", "valid_from": null}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (5, '2026-11-22 19:36:50.045076+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'register.division', '{"code": "331003001000"}', NULL, '{"code": "331003001000", "kind": "", "name": "西城街道", "level": 4, "point": null, "short": "", "act_id": null, "parent": "331003000000", "pinyin": "", "source": "", "made_up": false, "version": 1, "boundary": null, "valid_to": null, "crs_source": "cgcs2000", "updated_at": "2026-11-22T19:36:50.026413+08:00", "valid_from": null}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (6, '2026-11-22 19:36:50.053538+08', '799', 'db:diming_owner', 'sql', '', NULL, 'update', 'register.division', '{"code": "331003001000"}', '{"boundary": null}', '{"boundary": {"crs": {"type": "name", "properties": {"name": "EPSG:4490"}}, "type": "MultiPolygon", "coordinates": [[[[121.2, 28.6], [121.2, 28.7], [121.3, 28.7], [121.3, 28.6], [121.2, 28.6]]]]}}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (7, '2026-11-22 19:36:50.056787+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'register.road', '{"code": "R1"}', NULL, '{"code": "R1", "name": "横街路", "state": "现行", "act_id": null, "pinyin": "", "source": "", "generic": "", "made_up": false, "meaning": "", "version": 1, "width_m": null, "division": "331003001000", "end_text": "", "length_m": null, "specific": "", "valid_to": null, "direction": "", "number_to": null, "crs_source": "cgcs2000", "road_class": "", "start_text": "", "updated_at": "2026-11-22T19:36:50.026413+08:00", "valid_from": null, "number_from": null, "romanisation": "", "state_before": ""}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (8, '2026-11-22 19:36:50.062254+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'register.place', '{"code": "P1"}', NULL, '{"code": "P1", "geom": null, "state": "现行", "act_id": null, "origin": "", "pinyin": "", "source": "", "generic": "", "history": "", "made_up": false, "meaning": "", "version": 1, "category": "A", "division": "331003001000", "heritage": "", "location": "", "specific": "", "valid_to": null, "class_code": "", "crs_source": "cgcs2000", "updated_at": "2026-11-22T19:36:50.026413+08:00", "valid_from": null, "romanisation": "", "state_before": "", "national_code": "", "standard_name": "方山"}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (9, '2026-11-22 19:36:50.065481+08', '799', 'db:diming_owner', 'sql', '', NULL, 'update', 'register.place', '{"code": "P1"}', '{"meaning": ""}', '{"meaning": "山形方正"}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (10, '2026-11-22 19:36:50.078445+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'register.alias', '{"id": 900}', NULL, '{"id": 900, "kind": "旧称", "alias": "方岩", "scope": null, "act_id": null, "source": "", "made_up": false, "version": 1, "valid_to": null, "crs_source": "cgcs2000", "source_doc": "", "updated_at": "2026-11-22T19:36:50.026413+08:00", "valid_from": null}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (11, '2026-11-22 19:36:50.084893+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'register.alias_target', '{"id": 1}', NULL, '{"id": 1, "road": null, "alias": 900, "place": "P1", "address": null, "division": null}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (12, '2026-11-22 19:36:50.086564+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'register.boundary_line', '{"code": "L1"}', NULL, '{"code": "L1", "geom": null, "lead": "", "name": "黄临线", "level": "县级", "act_id": null, "double": null, "single": null, "source": "", "triple": null, "made_up": false, "markers": null, "version": 1, "approval": "", "disputed": false, "end_text": "", "length_m": null, "next_due": null, "valid_to": null, "agreed_on": null, "crs_source": "cgcs2000", "start_text": "", "updated_at": "2026-11-22T19:36:50.026413+08:00", "valid_from": null}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (13, '2026-11-22 19:36:50.088212+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'register.report', '{"id": 1, "code": "P1"}', NULL, '{"id": 1, "code": "P1", "kind": "other", "text": "山名写错了", "point": null, "state": "new", "origin": "***", "contact": "***", "made_at": "2026-11-22T19:36:50.026413+08:00", "question": "", "standard_address": ""}', 1, NULL);
INSERT INTO audit.entry OVERRIDING SYSTEM VALUE VALUES (14, '2026-11-22 19:36:50.092094+08', '799', 'db:diming_owner', 'sql', '', NULL, 'insert', 'register.report', '{"id": 2, "code": ""}', NULL, '{"id": 2, "code": "", "kind": "wrong-point", "text": "位置不对", "point": {"crs": {"type": "name", "properties": {"name": "EPSG:4490"}}, "type": "Point", "coordinates": [121.25, 28.65]}, "state": "new", "origin": "***", "contact": "***", "made_at": "2026-11-22T19:36:50.026413+08:00", "question": "", "standard_address": ""}', 1, NULL);
INSERT INTO public.alembic_version VALUES ('0006_report');
INSERT INTO public.diming_meta VALUES ('procrastinate', '3.10.0');
INSERT INTO public.diming_meta VALUES ('sql_digest', '18d9fb8c1020b7837b4d090d9dcc66d1f47021cf1e5f31b87df43f30997c0d3f');
INSERT INTO register.alias VALUES (900, '方岩', '旧称', '', NULL, '', 'cgcs2000', false, NULL, NULL, NULL, '2026-11-22 19:36:50.026413+08', 1);
INSERT INTO register.alias_target VALUES (1, 900, NULL, NULL, 'P1', NULL);
INSERT INTO register.boundary_line VALUES ('L1', '黄临线', '县级', NULL, '', '', NULL, NULL, NULL, NULL, false, '', NULL, '', NULL, NULL, '', 'cgcs2000', false, NULL, NULL, NULL, '2026-11-22 19:36:50.026413+08', 1);
INSERT INTO register.data_change VALUES ('799', '2026-11-22 19:36:50.026413+08');
INSERT INTO register.division VALUES ('331000000000', 2, NULL, '台州市', '', '', '', NULL, NULL, '', 'cgcs2000', false, NULL, NULL, NULL, '2026-11-22 19:36:50.026413+08', 1);
INSERT INTO register.division VALUES ('331003000000', 3, '331000000000', '黄岩区', '', '', '', NULL, NULL, '', 'cgcs2000', false, NULL, NULL, NULL, '2026-11-22 19:36:50.026413+08', 1);
INSERT INTO register.division VALUES ('331003001000', 4, '331003000000', '西城街道', '', '', '', NULL, '01060000208A1100000100000001030000000100000005000000CDCCCCCCCC4C5E409A99999999993C40CDCCCCCCCC4C5E403333333333B33C403333333333535E403333333333B33C403333333333535E409A99999999993C40CDCCCCCCCC4C5E409A99999999993C40', '', 'cgcs2000', false, NULL, NULL, NULL, '2026-11-22 19:36:50.026413+08', 1);
INSERT INTO register.name_transition VALUES ('', '拟命名');
INSERT INTO register.name_transition VALUES ('', '现行');
INSERT INTO register.name_transition VALUES ('', '更名');
INSERT INTO register.name_transition VALUES ('', '销名');
INSERT INTO register.name_transition VALUES ('', '未登记');
INSERT INTO register.name_transition VALUES ('未登记', '拟命名');
INSERT INTO register.name_transition VALUES ('未登记', '现行');
INSERT INTO register.name_transition VALUES ('未登记', '销名');
INSERT INTO register.name_transition VALUES ('拟命名', '现行');
INSERT INTO register.name_transition VALUES ('拟命名', '销名');
INSERT INTO register.name_transition VALUES ('现行', '更名');
INSERT INTO register.name_transition VALUES ('现行', '销名');
INSERT INTO register.name_transition VALUES ('更名', '销名');
INSERT INTO register.place VALUES ('P1', '', 'A', '', '', '', '方山', '', '', '', '山形方正', '', '', '现行', '', '331003001000', '', NULL, '', 'cgcs2000', false, NULL, NULL, NULL, '2026-11-22 19:36:50.026413+08', 1);
INSERT INTO register.report OVERRIDING SYSTEM VALUE VALUES (1, 'other', '山名写错了', '', '', 'P1', '', NULL, 'x', 'new', '2026-11-22 19:36:50.026413+08');
INSERT INTO register.report OVERRIDING SYSTEM VALUE VALUES (2, 'wrong-point', '位置不对', '', '', '', '', '01010000208A1100000000000000505E406666666666A63C40', 'x', 'new', '2026-11-22 19:36:50.026413+08');
INSERT INTO register.road VALUES ('R1', '横街路', '', '', '', '', '', NULL, NULL, '', '', '', NULL, NULL, '', '现行', '', '331003001000', '', 'cgcs2000', false, NULL, NULL, NULL, '2026-11-22 19:36:50.026413+08', 1);
SELECT pg_catalog.setval('access.account_id_seq', 1, true);
SELECT pg_catalog.setval('access.api_key_id_seq', 1, true);
SELECT pg_catalog.setval('access.login_attempt_id_seq', 1, false);
SELECT pg_catalog.setval('audit.entry_id_seq', 14, true);
SELECT pg_catalog.setval('jobs.procrastinate_events_id_seq', 1, false);
SELECT pg_catalog.setval('jobs.procrastinate_jobs_id_seq', 1, false);
SELECT pg_catalog.setval('jobs.procrastinate_periodic_defers_id_seq', 1, false);
SELECT pg_catalog.setval('jobs.procrastinate_workers_id_seq', 1, false);
SELECT pg_catalog.setval('register.alias_id_seq', 1, false);
SELECT pg_catalog.setval('register.alias_target_id_seq', 1, true);
SELECT pg_catalog.setval('register.code_number', 1, false);
SELECT pg_catalog.setval('register.import_batch_id_seq', 1, false);
SELECT pg_catalog.setval('register.repair_batch_id_seq', 1, false);
SELECT pg_catalog.setval('register.repair_decision_id_seq', 1, false);
SELECT pg_catalog.setval('register.report_id_seq', 2, true);
SELECT pg_catalog.setval('register.road_segment_id_seq', 1, false);
ALTER TABLE ONLY access.account
    ADD CONSTRAINT pk_account PRIMARY KEY (id);
ALTER TABLE ONLY access.api_key
    ADD CONSTRAINT pk_api_key PRIMARY KEY (id);
ALTER TABLE ONLY access.idempotency_key
    ADD CONSTRAINT pk_idempotency_key PRIMARY KEY (caller, key);
ALTER TABLE ONLY access.login_attempt
    ADD CONSTRAINT pk_login_attempt PRIMARY KEY (id);
ALTER TABLE ONLY access.session
    ADD CONSTRAINT pk_session PRIMARY KEY (token_hash);
ALTER TABLE ONLY access.account
    ADD CONSTRAINT uq_account_name UNIQUE (name);
ALTER TABLE ONLY access.api_key
    ADD CONSTRAINT uq_api_key_key_hash UNIQUE (key_hash);
ALTER TABLE ONLY access.api_key
    ADD CONSTRAINT uq_api_key_name UNIQUE (name);
ALTER TABLE ONLY audit.entry
    ADD CONSTRAINT pk_entry PRIMARY KEY (id);
ALTER TABLE ONLY jobs.batch
    ADD CONSTRAINT pk_batch PRIMARY KEY (id);
ALTER TABLE ONLY jobs.batch_chunk
    ADD CONSTRAINT pk_batch_chunk PRIMARY KEY (batch, number);
ALTER TABLE ONLY jobs.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY jobs.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY jobs.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY jobs.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY jobs.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.diming_meta
    ADD CONSTRAINT pk_diming_meta PRIMARY KEY (key);
ALTER TABLE ONLY register.address
    ADD CONSTRAINT pk_address PRIMARY KEY (code);
ALTER TABLE ONLY register.address_point
    ADD CONSTRAINT pk_address_point PRIMARY KEY (address, kind);
ALTER TABLE ONLY register.alias
    ADD CONSTRAINT pk_alias PRIMARY KEY (id);
ALTER TABLE ONLY register.alias_target
    ADD CONSTRAINT pk_alias_target PRIMARY KEY (id);
ALTER TABLE ONLY register.boundary_line
    ADD CONSTRAINT pk_boundary_line PRIMARY KEY (code);
ALTER TABLE ONLY register.boundary_marker
    ADD CONSTRAINT pk_boundary_marker PRIMARY KEY (code);
ALTER TABLE ONLY register.boundary_marker_line
    ADD CONSTRAINT pk_boundary_marker_line PRIMARY KEY (marker, line);
ALTER TABLE ONLY register.boundary_side
    ADD CONSTRAINT pk_boundary_side PRIMARY KEY (line, division);
ALTER TABLE ONLY register.data_change
    ADD CONSTRAINT pk_data_change PRIMARY KEY (transaction);
ALTER TABLE ONLY register.division
    ADD CONSTRAINT pk_division PRIMARY KEY (code);
ALTER TABLE ONLY register.division_succession
    ADD CONSTRAINT pk_division_succession PRIMARY KEY (predecessor, successor, year);
ALTER TABLE ONLY register.facility
    ADD CONSTRAINT pk_facility PRIMARY KEY (code);
ALTER TABLE ONLY register.import_batch
    ADD CONSTRAINT pk_import_batch PRIMARY KEY (id);
ALTER TABLE ONLY register.name_transition
    ADD CONSTRAINT pk_name_transition PRIMARY KEY (before, state);
ALTER TABLE ONLY register.place
    ADD CONSTRAINT pk_place PRIMARY KEY (code);
ALTER TABLE ONLY register.reference_object
    ADD CONSTRAINT pk_reference_object PRIMARY KEY (marker, serial);
ALTER TABLE ONLY register.repair_batch
    ADD CONSTRAINT pk_repair_batch PRIMARY KEY (id);
ALTER TABLE ONLY register.repair_change
    ADD CONSTRAINT pk_repair_change PRIMARY KEY (decision, number);
ALTER TABLE ONLY register.repair_checked
    ADD CONSTRAINT pk_repair_checked PRIMARY KEY (batch, seed, number);
ALTER TABLE ONLY register.repair_decision
    ADD CONSTRAINT pk_repair_decision PRIMARY KEY (id);
ALTER TABLE ONLY register.repair_draw
    ADD CONSTRAINT pk_repair_draw PRIMARY KEY (batch, seed);
ALTER TABLE ONLY register.repair_learnt
    ADD CONSTRAINT pk_repair_learnt PRIMARY KEY (batch, number, alias);
ALTER TABLE ONLY register.repair_row
    ADD CONSTRAINT pk_repair_row PRIMARY KEY (batch, number);
ALTER TABLE ONLY register.report
    ADD CONSTRAINT pk_report PRIMARY KEY (id);
ALTER TABLE ONLY register.road
    ADD CONSTRAINT pk_road PRIMARY KEY (code);
ALTER TABLE ONLY register.road_division
    ADD CONSTRAINT pk_road_division PRIMARY KEY (road, division);
ALTER TABLE ONLY register.road_segment
    ADD CONSTRAINT pk_road_segment PRIMARY KEY (id);
CREATE INDEX ix_idempotency_key_created_at ON access.idempotency_key USING btree (created_at);
CREATE INDEX ix_login_attempt_address ON access.login_attempt USING btree (address, at);
CREATE INDEX ix_login_attempt_name ON access.login_attempt USING btree (name, at);
CREATE INDEX ix_session_account_id ON access.session USING btree (account_id);
CREATE INDEX ix_entry_act_id ON audit.entry USING btree (act_id);
CREATE INDEX ix_entry_at ON audit.entry USING brin (at);
CREATE INDEX ix_entry_key ON audit.entry USING gin (key jsonb_path_ops);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON jobs.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::jobs.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON jobs.procrastinate_workers USING btree (last_heartbeat);
CREATE INDEX ix_batch_caller ON jobs.batch USING btree (caller) WHERE (finished_at IS NULL);
CREATE INDEX ix_batch_finished_at ON jobs.batch USING btree (finished_at);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON jobs.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON jobs.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::jobs.procrastinate_job_status, 'doing'::jobs.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON jobs.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::jobs.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON jobs.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::jobs.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON jobs.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON jobs.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::jobs.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON jobs.procrastinate_periodic_defers USING btree (job_id);
CREATE INDEX ix_address_division ON register.address USING btree (division);
CREATE INDEX ix_address_estate ON register.address USING btree (estate) WHERE (estate IS NOT NULL);
CREATE INDEX ix_address_history_key ON register.address_history USING btree (code, valid_from);
CREATE INDEX ix_address_natvil ON register.address USING btree (natvil) WHERE (natvil IS NOT NULL);
CREATE INDEX ix_address_point_geom ON register.address_point USING gist (geom);
CREATE INDEX ix_address_principal ON register.address USING btree (principal) WHERE (principal IS NOT NULL);
CREATE INDEX ix_address_road_number_order ON register.address USING btree (road, number_order);
CREATE INDEX ix_alias_alias ON register.alias USING btree (alias);
CREATE INDEX ix_alias_history_key ON register.alias_history USING btree (id, valid_from);
CREATE INDEX ix_alias_scope ON register.alias USING gist (scope);
CREATE INDEX ix_alias_target_address ON register.alias_target USING btree (address);
CREATE INDEX ix_alias_target_division ON register.alias_target USING btree (division);
CREATE INDEX ix_alias_target_place ON register.alias_target USING btree (place);
CREATE INDEX ix_alias_target_road ON register.alias_target USING btree (road);
CREATE INDEX ix_boundary_line_geom ON register.boundary_line USING gist (geom);
CREATE INDEX ix_boundary_line_history_key ON register.boundary_line_history USING btree (code, valid_from);
CREATE INDEX ix_boundary_line_name ON register.boundary_line USING btree (name);
CREATE INDEX ix_boundary_marker_geom ON register.boundary_marker USING gist (geom);
CREATE INDEX ix_boundary_marker_history_key ON register.boundary_marker_history USING btree (code, valid_from);
CREATE INDEX ix_boundary_marker_line_line_serial ON register.boundary_marker_line USING btree (line, serial);
CREATE INDEX ix_boundary_marker_number ON register.boundary_marker USING btree (number);
CREATE INDEX ix_boundary_side_division ON register.boundary_side USING btree (division);
CREATE INDEX ix_division_boundary ON register.division USING gist (boundary);
CREATE INDEX ix_division_history_key ON register.division_history USING btree (code, valid_from);
CREATE INDEX ix_division_name ON register.division USING btree (name);
CREATE INDEX ix_division_parent ON register.division USING btree (parent);
CREATE INDEX ix_division_succession_successor ON register.division_succession USING btree (successor);
CREATE INDEX ix_facility_address ON register.facility USING btree (address);
CREATE INDEX ix_facility_geom ON register.facility USING gist (geom);
CREATE INDEX ix_facility_history_key ON register.facility_history USING btree (code, valid_from);
CREATE INDEX ix_facility_kind_division ON register.facility USING btree (kind, division);
CREATE INDEX ix_place_division_standard_name ON register.place USING btree (division, standard_name);
CREATE INDEX ix_place_geom ON register.place USING gist (geom);
CREATE INDEX ix_place_history_key ON register.place_history USING btree (code, valid_from);
CREATE INDEX ix_place_standard_name ON register.place USING btree (standard_name);
CREATE INDEX ix_reference_object_history_key ON register.reference_object_history USING btree (marker, serial, valid_from);
CREATE INDEX ix_repair_change_row ON register.repair_change USING btree (batch, number);
CREATE INDEX ix_repair_decision_batch ON register.repair_decision USING btree (batch, id);
CREATE INDEX ix_repair_row_decision ON register.repair_row USING btree (decision);
CREATE INDEX ix_repair_row_waiting ON register.repair_row USING btree (batch, number) WHERE (status IS NULL);
CREATE INDEX ix_report_origin ON register.report USING btree (origin, made_at);
CREATE INDEX ix_road_division_division ON register.road_division USING btree (division);
CREATE INDEX ix_road_division_name ON register.road USING btree (division, name);
CREATE INDEX ix_road_history_key ON register.road_history USING btree (code, valid_from);
CREATE INDEX ix_road_name ON register.road USING btree (name);
CREATE INDEX ix_road_segment_geom ON register.road_segment USING gist (geom);
CREATE INDEX ix_road_segment_history_key ON register.road_segment_history USING btree (id, valid_from);
CREATE INDEX ix_road_segment_road ON register.road_segment USING btree (road);
CREATE UNIQUE INDEX uq_address_natural_key ON register.address USING btree (natural_key) WHERE (valid_to IS NULL);
CREATE UNIQUE INDEX uq_alias_target ON register.alias_target USING btree (alias, division, road, place, address) NULLS NOT DISTINCT;
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON access.account REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON access.api_key REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON access.account REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON access.api_key REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON access.account REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON access.api_key REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON access.account FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('id', 'password_hash');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON access.api_key FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('id', 'key_hash');
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON jobs.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::jobs.procrastinate_job_status))) EXECUTE FUNCTION jobs.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON jobs.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::jobs.procrastinate_job_status)) EXECUTE FUNCTION jobs.procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON jobs.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION jobs.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON jobs.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION jobs.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON jobs.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::jobs.procrastinate_job_status))) EXECUTE FUNCTION jobs.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON jobs.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::jobs.procrastinate_job_status)) EXECUTE FUNCTION jobs.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON jobs.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION jobs.procrastinate_trigger_function_status_events_update_v1();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.address REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.address_point REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.alias REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.alias_target REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.boundary_line REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.boundary_marker REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.boundary_marker_line REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.boundary_side REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.division REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.division_succession REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.facility REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.import_batch REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.place REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.reference_object REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.repair_batch REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.repair_checked REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.repair_decision REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.repair_row REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.report REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.road REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.road_division REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_delete AFTER DELETE ON register.road_segment REFERENCING OLD TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.address REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.address_point REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.alias REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.alias_target REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.boundary_line REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.boundary_marker REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.boundary_marker_line REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.boundary_side REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.division REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.division_succession REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.facility REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.import_batch REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.place REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.reference_object REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.repair_batch REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.repair_checked REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.repair_decision REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.repair_row REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.report REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.road REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.road_division REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_insert AFTER INSERT ON register.road_segment REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.address REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.address_point REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.alias REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.alias_target REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.boundary_line REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.boundary_marker REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.boundary_marker_line REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.boundary_side REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.division REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.division_succession REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.facility REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.import_batch REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.place REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.reference_object REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.repair_batch REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.repair_checked REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.repair_decision REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.repair_row REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.report REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.road REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.road_division REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_bulk_update AFTER UPDATE ON register.road_segment REFERENCING NEW TABLE AS touched_rows FOR EACH STATEMENT WHEN ((current_setting('diming.bulk'::text, true) = 'on'::text)) EXECUTE FUNCTION audit.record_bulk();
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.address FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('code', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.address_point FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('address,kind', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.alias FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('id', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.alias_target FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('id', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.boundary_line FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('code', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.boundary_marker FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('code', 'geom,north,east,height,attributes');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.boundary_marker_line FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('marker,line', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.boundary_side FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('line,division', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.division FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('code', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.division_succession FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('predecessor,successor,year', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.facility FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('code', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.import_batch FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('id', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.place FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('code', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.reference_object FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('marker,serial', 'geom,azimuth,distance');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.repair_batch FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('id', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.repair_checked FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('batch,seed,number', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.repair_decision FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('id', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.repair_row FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('batch,number', 'given,original,answer');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.report FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('id', 'contact,origin');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.road FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('code', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.road_division FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('road,division', '');
CREATE TRIGGER audit_row AFTER INSERT OR DELETE OR UPDATE ON register.road_segment FOR EACH ROW WHEN ((COALESCE(current_setting('diming.bulk'::text, true), ''::text) <> 'on'::text)) EXECUTE FUNCTION audit.record('id', '');
CREATE TRIGGER keep_history BEFORE DELETE OR UPDATE ON register.address FOR EACH ROW EXECUTE FUNCTION audit.keep_history();
CREATE TRIGGER keep_history BEFORE DELETE OR UPDATE ON register.alias FOR EACH ROW EXECUTE FUNCTION audit.keep_history();
CREATE TRIGGER keep_history BEFORE DELETE OR UPDATE ON register.boundary_line FOR EACH ROW EXECUTE FUNCTION audit.keep_history();
CREATE TRIGGER keep_history BEFORE DELETE OR UPDATE ON register.boundary_marker FOR EACH ROW EXECUTE FUNCTION audit.keep_history();
CREATE TRIGGER keep_history BEFORE DELETE OR UPDATE ON register.division FOR EACH ROW EXECUTE FUNCTION audit.keep_history();
CREATE TRIGGER keep_history BEFORE DELETE OR UPDATE ON register.facility FOR EACH ROW EXECUTE FUNCTION audit.keep_history();
CREATE TRIGGER keep_history BEFORE DELETE OR UPDATE ON register.place FOR EACH ROW EXECUTE FUNCTION audit.keep_history();
CREATE TRIGGER keep_history BEFORE DELETE OR UPDATE ON register.reference_object FOR EACH ROW EXECUTE FUNCTION audit.keep_history();
CREATE TRIGGER keep_history BEFORE DELETE OR UPDATE ON register.road FOR EACH ROW EXECUTE FUNCTION audit.keep_history();
CREATE TRIGGER keep_history BEFORE DELETE OR UPDATE ON register.road_segment FOR EACH ROW EXECUTE FUNCTION audit.keep_history();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.address FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.address_point FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.alias FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.alias_target FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.boundary_line FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.boundary_marker FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.boundary_marker_line FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.boundary_side FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.division FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.division_succession FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.facility FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.import_batch FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.place FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.reference_object FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.road FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.road_division FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER mark_change AFTER INSERT OR DELETE OR UPDATE ON register.road_segment FOR EACH STATEMENT EXECUTE FUNCTION register.mark_change();
CREATE TRIGGER step_state BEFORE INSERT OR UPDATE ON register.place FOR EACH ROW EXECUTE FUNCTION register.step_state();
CREATE TRIGGER step_state BEFORE INSERT OR UPDATE ON register.road FOR EACH ROW EXECUTE FUNCTION register.step_state();
ALTER TABLE ONLY access.session
    ADD CONSTRAINT fk_session_account_id FOREIGN KEY (account_id) REFERENCES access.account(id);
ALTER TABLE ONLY jobs.batch_chunk
    ADD CONSTRAINT fk_batch_chunk_batch FOREIGN KEY (batch) REFERENCES jobs.batch(id) ON DELETE CASCADE;
ALTER TABLE ONLY jobs.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES jobs.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY jobs.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES jobs.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY jobs.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES jobs.procrastinate_jobs(id);
ALTER TABLE ONLY register.address
    ADD CONSTRAINT fk_address_comm FOREIGN KEY (comm) REFERENCES register.division(code);
ALTER TABLE ONLY register.address
    ADD CONSTRAINT fk_address_county FOREIGN KEY (county) REFERENCES register.division(code);
ALTER TABLE ONLY register.address
    ADD CONSTRAINT fk_address_estate FOREIGN KEY (estate) REFERENCES register.place(code);
ALTER TABLE ONLY register.address
    ADD CONSTRAINT fk_address_natvil FOREIGN KEY (natvil) REFERENCES register.place(code);
ALTER TABLE ONLY register.address_point
    ADD CONSTRAINT fk_address_point_address FOREIGN KEY (address) REFERENCES register.address(code);
ALTER TABLE ONLY register.address
    ADD CONSTRAINT fk_address_principal FOREIGN KEY (principal) REFERENCES register.address(code);
ALTER TABLE ONLY register.address
    ADD CONSTRAINT fk_address_road FOREIGN KEY (road) REFERENCES register.road(code);
ALTER TABLE ONLY register.address
    ADD CONSTRAINT fk_address_town FOREIGN KEY (town) REFERENCES register.division(code);
ALTER TABLE ONLY register.alias_target
    ADD CONSTRAINT fk_alias_target_address FOREIGN KEY (address) REFERENCES register.address(code);
ALTER TABLE ONLY register.alias_target
    ADD CONSTRAINT fk_alias_target_alias FOREIGN KEY (alias) REFERENCES register.alias(id);
ALTER TABLE ONLY register.alias_target
    ADD CONSTRAINT fk_alias_target_division FOREIGN KEY (division) REFERENCES register.division(code);
ALTER TABLE ONLY register.alias_target
    ADD CONSTRAINT fk_alias_target_place FOREIGN KEY (place) REFERENCES register.place(code);
ALTER TABLE ONLY register.alias_target
    ADD CONSTRAINT fk_alias_target_road FOREIGN KEY (road) REFERENCES register.road(code);
ALTER TABLE ONLY register.boundary_marker_line
    ADD CONSTRAINT fk_boundary_marker_line_line FOREIGN KEY (line) REFERENCES register.boundary_line(code);
ALTER TABLE ONLY register.boundary_marker_line
    ADD CONSTRAINT fk_boundary_marker_line_marker FOREIGN KEY (marker) REFERENCES register.boundary_marker(code);
ALTER TABLE ONLY register.boundary_side
    ADD CONSTRAINT fk_boundary_side_division FOREIGN KEY (division) REFERENCES register.division(code);
ALTER TABLE ONLY register.boundary_side
    ADD CONSTRAINT fk_boundary_side_line FOREIGN KEY (line) REFERENCES register.boundary_line(code);
ALTER TABLE ONLY register.division
    ADD CONSTRAINT fk_division_parent FOREIGN KEY (parent) REFERENCES register.division(code);
ALTER TABLE ONLY register.division_succession
    ADD CONSTRAINT fk_division_succession_predecessor FOREIGN KEY (predecessor) REFERENCES register.division(code);
ALTER TABLE ONLY register.division_succession
    ADD CONSTRAINT fk_division_succession_successor FOREIGN KEY (successor) REFERENCES register.division(code);
ALTER TABLE ONLY register.facility
    ADD CONSTRAINT fk_facility_address FOREIGN KEY (address) REFERENCES register.address(code);
ALTER TABLE ONLY register.facility
    ADD CONSTRAINT fk_facility_division FOREIGN KEY (division) REFERENCES register.division(code);
ALTER TABLE ONLY register.place
    ADD CONSTRAINT fk_place_division FOREIGN KEY (division) REFERENCES register.division(code);
ALTER TABLE ONLY register.place
    ADD CONSTRAINT fk_place_state_before_state FOREIGN KEY (state_before, state) REFERENCES register.name_transition(before, state);
ALTER TABLE ONLY register.reference_object
    ADD CONSTRAINT fk_reference_object_marker FOREIGN KEY (marker) REFERENCES register.boundary_marker(code);
ALTER TABLE ONLY register.repair_change
    ADD CONSTRAINT fk_repair_change_decision FOREIGN KEY (decision) REFERENCES register.repair_decision(id);
ALTER TABLE ONLY register.repair_change
    ADD CONSTRAINT fk_repair_change_row FOREIGN KEY (batch, number) REFERENCES register.repair_row(batch, number);
ALTER TABLE ONLY register.repair_checked
    ADD CONSTRAINT fk_repair_checked_draw FOREIGN KEY (batch, seed) REFERENCES register.repair_draw(batch, seed);
ALTER TABLE ONLY register.repair_checked
    ADD CONSTRAINT fk_repair_checked_row FOREIGN KEY (batch, number) REFERENCES register.repair_row(batch, number);
ALTER TABLE ONLY register.repair_decision
    ADD CONSTRAINT fk_repair_decision_batch FOREIGN KEY (batch) REFERENCES register.repair_batch(id);
ALTER TABLE ONLY register.repair_draw
    ADD CONSTRAINT fk_repair_draw_batch FOREIGN KEY (batch) REFERENCES register.repair_batch(id);
ALTER TABLE ONLY register.repair_learnt
    ADD CONSTRAINT fk_repair_learnt_alias FOREIGN KEY (alias) REFERENCES register.alias(id);
ALTER TABLE ONLY register.repair_learnt
    ADD CONSTRAINT fk_repair_learnt_row FOREIGN KEY (batch, number) REFERENCES register.repair_row(batch, number);
ALTER TABLE ONLY register.repair_row
    ADD CONSTRAINT fk_repair_row_batch FOREIGN KEY (batch) REFERENCES register.repair_batch(id);
ALTER TABLE ONLY register.repair_row
    ADD CONSTRAINT fk_repair_row_decision FOREIGN KEY (decision) REFERENCES register.repair_decision(id);
ALTER TABLE ONLY register.road
    ADD CONSTRAINT fk_road_division FOREIGN KEY (division) REFERENCES register.division(code);
ALTER TABLE ONLY register.road_division
    ADD CONSTRAINT fk_road_division_division FOREIGN KEY (division) REFERENCES register.division(code);
ALTER TABLE ONLY register.road_division
    ADD CONSTRAINT fk_road_division_road FOREIGN KEY (road) REFERENCES register.road(code);
ALTER TABLE ONLY register.road_segment
    ADD CONSTRAINT fk_road_segment_division FOREIGN KEY (division) REFERENCES register.division(code);
ALTER TABLE ONLY register.road_segment
    ADD CONSTRAINT fk_road_segment_road FOREIGN KEY (road) REFERENCES register.road(code);
ALTER TABLE ONLY register.road
    ADD CONSTRAINT fk_road_state_before_state FOREIGN KEY (state_before, state) REFERENCES register.name_transition(before, state);
GRANT USAGE ON SCHEMA access TO diming_app;
GRANT USAGE ON SCHEMA audit TO diming_app;
GRANT USAGE ON SCHEMA jobs TO diming_app;
GRANT USAGE ON SCHEMA public TO diming_app;
GRANT USAGE ON SCHEMA published TO diming_app;
GRANT USAGE ON SCHEMA register TO diming_app;
REVOKE ALL ON FUNCTION audit.append(operation text, table_name text, key jsonb, old_values jsonb, new_values jsonb, row_count bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.current_act() TO diming_app;
REVOKE ALL ON FUNCTION audit.keep_history() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit.record() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit.record_bulk() FROM PUBLIC;
GRANT ALL ON FUNCTION jobs.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_defer_jobs_v1(jobs jobs.procrastinate_job_to_defer_v1[]) TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) TO diming_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE jobs.procrastinate_jobs TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_finish_job_v1(job_id bigint, end_status jobs.procrastinate_job_status, delete_job boolean) TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_notify_queue_abort_job_v1() TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_notify_queue_job_inserted_v1() TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_register_worker_v1() TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_trigger_abort_requested_events_procedure_v1() TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_trigger_function_scheduled_events_v1() TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_trigger_function_status_events_insert_v1() TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_trigger_function_status_events_update_v1() TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_unlink_periodic_defers_v1() TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_unregister_worker_v1(worker_id bigint) TO diming_app;
GRANT ALL ON FUNCTION jobs.procrastinate_update_heartbeat_v1(worker_id bigint) TO diming_app;
GRANT ALL ON FUNCTION published.data_version() TO diming_app;
GRANT ALL ON FUNCTION published.rough(shape public.geometry, grid_m double precision) TO diming_app;
GRANT ALL ON FUNCTION published.rough_grid_m() TO diming_app;
GRANT ALL ON FUNCTION published.tile_base(z integer, x integer, y integer) TO diming_app;
GRANT ALL ON FUNCTION register.new_code(prefix text) TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.address TO diming_app;
GRANT ALL ON FUNCTION register.address_as_of(on_day date) TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.alias TO diming_app;
GRANT ALL ON FUNCTION register.alias_as_of(on_day date) TO diming_app;
GRANT ALL ON FUNCTION register.auxiliary_address(county text, town text, handle_kind text, estate_name text, bld text, unit text, floor text, room text) TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.boundary_line TO diming_app;
GRANT ALL ON FUNCTION register.boundary_line_as_of(on_day date) TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.boundary_marker TO diming_app;
GRANT ALL ON FUNCTION register.boundary_marker_as_of(on_day date) TO diming_app;
GRANT ALL ON FUNCTION register.code_text(n bigint) TO diming_app;
GRANT ALL ON FUNCTION register.county_text(county text) TO diming_app;
GRANT ALL ON FUNCTION register.data_note(made_up boolean) TO diming_app;
GRANT ALL ON FUNCTION register.data_version() TO diming_app;
GRANT ALL ON FUNCTION register.display_address(county text, town text, comm text, handle_kind text, handle_name text, number text, sub text, estate_name text, bld text, unit text, floor text, room text) TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.division TO diming_app;
GRANT ALL ON FUNCTION register.division_as_of(on_day date) TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.facility TO diming_app;
GRANT ALL ON FUNCTION register.facility_as_of(on_day date) TO diming_app;
GRANT ALL ON FUNCTION register.inside_text(bld text, unit text, floor text, room text) TO diming_app;
GRANT ALL ON FUNCTION register.is_in_force(valid_from date, valid_to date, on_day date) TO diming_app;
GRANT ALL ON FUNCTION register.mark_change() TO diming_app;
GRANT ALL ON FUNCTION register.number_text(number text, sub text) TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.place TO diming_app;
GRANT ALL ON FUNCTION register.place_as_of(on_day date) TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.reference_object TO diming_app;
GRANT ALL ON FUNCTION register.reference_object_as_of(on_day date) TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.road TO diming_app;
GRANT ALL ON FUNCTION register.road_as_of(on_day date) TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.road_segment TO diming_app;
GRANT ALL ON FUNCTION register.road_segment_as_of(on_day date) TO diming_app;
GRANT ALL ON FUNCTION register.step_state() TO diming_app;
GRANT ALL ON FUNCTION register.village_text(name text) TO diming_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE access.account TO diming_app;
GRANT USAGE ON SEQUENCE access.account_id_seq TO diming_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE access.api_key TO diming_app;
GRANT USAGE ON SEQUENCE access.api_key_id_seq TO diming_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE access.idempotency_key TO diming_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE access.login_attempt TO diming_app;
GRANT USAGE ON SEQUENCE access.login_attempt_id_seq TO diming_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE access.session TO diming_app;
GRANT SELECT ON TABLE audit.entry TO diming_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE jobs.batch TO diming_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE jobs.batch_chunk TO diming_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE jobs.procrastinate_events TO diming_app;
GRANT USAGE ON SEQUENCE jobs.procrastinate_events_id_seq TO diming_app;
GRANT USAGE ON SEQUENCE jobs.procrastinate_jobs_id_seq TO diming_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE jobs.procrastinate_periodic_defers TO diming_app;
GRANT USAGE ON SEQUENCE jobs.procrastinate_periodic_defers_id_seq TO diming_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE jobs.procrastinate_workers TO diming_app;
GRANT USAGE ON SEQUENCE jobs.procrastinate_workers_id_seq TO diming_app;
GRANT SELECT ON TABLE public.alembic_version TO diming_app;
GRANT SELECT ON TABLE public.diming_meta TO diming_app;
GRANT SELECT ON TABLE public.geography_columns TO diming_app;
GRANT SELECT ON TABLE public.geometry_columns TO diming_app;
GRANT SELECT ON TABLE public.spatial_ref_sys TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.address_point TO diming_app;
GRANT SELECT ON TABLE published.address TO diming_app;
GRANT SELECT ON TABLE published.address_point TO diming_app;
GRANT SELECT ON TABLE published.boundary_line TO diming_app;
GRANT SELECT ON TABLE published.boundary_marker TO diming_app;
GRANT SELECT ON TABLE published.division TO diming_app;
GRANT SELECT ON TABLE published.division_area TO diming_app;
GRANT SELECT ON TABLE published.facility TO diming_app;
GRANT SELECT ON TABLE published.place TO diming_app;
GRANT SELECT ON TABLE published.road TO diming_app;
GRANT SELECT ON TABLE published.road_segment TO diming_app;
GRANT SELECT ON TABLE register.address_history TO diming_app;
GRANT SELECT ON TABLE register.alias_history TO diming_app;
GRANT USAGE ON SEQUENCE register.alias_id_seq TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.alias_target TO diming_app;
GRANT USAGE ON SEQUENCE register.alias_target_id_seq TO diming_app;
GRANT SELECT ON TABLE register.boundary_line_history TO diming_app;
GRANT SELECT ON TABLE register.boundary_marker_history TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.boundary_marker_line TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.boundary_side TO diming_app;
GRANT USAGE ON SEQUENCE register.code_number TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.data_change TO diming_app;
GRANT SELECT ON TABLE register.division_history TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.division_succession TO diming_app;
GRANT SELECT ON TABLE register.facility_history TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.import_batch TO diming_app;
GRANT USAGE ON SEQUENCE register.import_batch_id_seq TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.name_transition TO diming_app;
GRANT SELECT ON TABLE register.place_history TO diming_app;
GRANT SELECT ON TABLE register.reference_object_history TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.repair_batch TO diming_app;
GRANT USAGE ON SEQUENCE register.repair_batch_id_seq TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.repair_change TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.repair_checked TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.repair_decision TO diming_app;
GRANT USAGE ON SEQUENCE register.repair_decision_id_seq TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.repair_draw TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.repair_learnt TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.repair_row TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.report TO diming_app;
GRANT USAGE ON SEQUENCE register.report_id_seq TO diming_app;
GRANT SELECT,INSERT,UPDATE ON TABLE register.road_division TO diming_app;
GRANT SELECT ON TABLE register.road_history TO diming_app;
GRANT SELECT ON TABLE register.road_segment_history TO diming_app;
GRANT USAGE ON SEQUENCE register.road_segment_id_seq TO diming_app;
